// The list of models, with the fields that MegaLLM documents beside the common ones.
import type { JsonObject } from '../../lib/engine/types.ts';

/** Says in every place where a name is shown that nobody thinks here. */
export const serverName = 'runnel-demo (scripted)';

export const reasonerModel = 'scripted-reasoner';

const created = 1_750_000_000;

function createModel(id: string, type: 'chat' | 'embedding'): JsonObject {
  const chat = type === 'chat';
  return {
    id,
    object: 'model',
    created,
    owned_by: serverName,
    type,
    capabilities: { vision: false, function_calling: chat, max_context_length: chat ? 128_000 : 8192 },
  };
}

export const modelList: JsonObject = {
  object: 'list',
  data: [
    createModel('scripted-small', 'chat'),
    createModel('scripted-large', 'chat'),
    createModel(reasonerModel, 'chat'),
    createModel('scripted-embedding', 'embedding'),
  ],
};
