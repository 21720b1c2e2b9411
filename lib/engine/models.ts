// A list of models in any of the shapes that servers send: OpenAI's, both of MegaLLM's, OpenRouter's and its relatives', a bare array.
import { StreamError } from './errors.ts';
import { findPrice } from './models-price.ts';
import { isJsonObject } from './structured-json.ts';
import type { JsonObject, JsonValue, ModelCapabilities, ModelInfo } from './types.ts';

/**
 * Every model of a reply to GET /models, in the server's order; embedding models and others that cannot chat are marked by `kind`.
 * Rows without an id are left out.
 * @throws StreamError `not-an-api` where the reply is no list; `server` where it reports an error instead
 */
export function readModels(reply: string): ModelInfo[] {
  if (reply.trimStart().startsWith('<')) throw notAnApi(reply);
  let value: JsonValue;
  try {
    value = JSON.parse(reply) as JsonValue;
  } catch {
    throw notAnApi(reply);
  }
  const object = isJsonObject(value) ? value : undefined;
  const list = object ? (object['data'] ?? object['models']) : value;
  const error = findErrorWords(object?.['error']);
  if (error !== undefined && (!Array.isArray(list) || list.length === 0))
    throw new StreamError('server', error);
  if (!Array.isArray(list)) throw notAnApi(reply);
  return list.map(readModel).filter((model) => model !== undefined);
}

function readModel(row: JsonValue): ModelInfo | undefined {
  if (!isJsonObject(row)) return undefined;
  const id = row['id'];
  if (typeof id !== 'string' || id === '') return undefined;
  const capabilities = isJsonObject(row['capabilities']) ? row['capabilities'] : {};
  const provider = isJsonObject(row['top_provider']) ? row['top_provider'] : {};
  const meta = isJsonObject(row['meta']) ? row['meta'] : {};
  return compact({
    id,
    name: findText(row['display_name']) ?? findText(row['name']),
    contextLength: findCount(
      row['context_length'],
      row['context_window'],
      row['max_context_length'],
      row['max_model_len'],
      capabilities['max_context_length'],
      meta['n_ctx_train'],
    ),
    maxOutput: findCount(
      row['max_output_tokens'],
      row['max_completion_tokens'],
      provider['max_completion_tokens'],
      capabilities['max_output_tokens'],
    ),
    capabilities: findCapabilities(row, capabilities),
    price: findPrice(row),
    kind: findKind(id, row),
  });
}

function findCapabilities(row: JsonObject, given: JsonObject): ModelCapabilities | undefined {
  const architecture = isJsonObject(row['architecture']) ? row['architecture'] : {};
  const inputs = findTexts(architecture['input_modalities']);
  const parameters = findTexts(row['supported_parameters']);
  const tags = findTexts(row['tags']);
  // These two lists are complete where they say anything; tags are whatever somebody thought worth a tag.
  const has = (list: string[] | undefined, name: string) =>
    list && list.length > 0 ? list.includes(name) : undefined;
  const isTagged = (name: string) => (tags?.includes(name) ? true : undefined);
  const found = compact({
    vision:
      findFlag(given['vision'], given['supports_vision'], row['supports_image_input']) ??
      has(inputs, 'image') ??
      isTagged('vision'),
    tools:
      findFlag(
        given['tools'],
        given['function_calling'],
        given['supports_function_calling'],
        given['supports_tools'],
        row['supports_tools'],
      ) ??
      has(parameters, 'tools') ??
      isTagged('tool-use'),
    reasoning:
      findFlag(given['reasoning'], given['supports_reasoning'], row['supports_reasoning']) ??
      has(parameters, 'reasoning') ??
      isTagged('reasoning'),
  });
  return Object.keys(found).length > 0 ? found : undefined;
}

const OTHER = new Set([
  'image',
  'audio',
  'video',
  'moderation',
  'rerank',
  'reranker',
  'speech',
  'transcribe',
]);

/** From the server's word; from the name only for embeddings, which OpenAI lists without a word. */
function findKind(id: string, row: JsonObject): ModelInfo['kind'] {
  const type = findText(row['type'])?.toLowerCase();
  if (type !== undefined && OTHER.has(type)) return 'other';
  const architecture = isJsonObject(row['architecture']) ? row['architecture'] : {};
  const outputs = findTexts(architecture['output_modalities']);
  if (outputs && outputs.length > 0 && !outputs.includes('text'))
    return outputs.some((output) => /^embedding/.test(output)) ? 'embedding' : 'other';
  if (type !== undefined) return /embed/.test(type) ? 'embedding' : undefined;
  return /(?:^|[-_/:.])embed(?:ding|dings)?(?:$|[-_/:.\d])/i.test(id) ? 'embedding' : undefined;
}

function findErrorWords(error: JsonValue | undefined): string | undefined {
  return findText(error) ?? (isJsonObject(error) ? findText(error['message']) : undefined);
}

function findText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function findTexts(value: JsonValue | undefined): string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

function findFlag(...values: (JsonValue | undefined)[]): boolean | undefined {
  return values.find((value) => typeof value === 'boolean');
}

/** The first that is a number of tokens; 0 and -1 mean that the server does not know. */
function findCount(...values: (JsonValue | undefined)[]): number | undefined {
  return values.find((value) => typeof value === 'number' && Number.isInteger(value) && value > 0) as
    | number
    | undefined;
}

type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the fields that are undefined. */
function compact<T extends object>(fields: T): Compact<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Compact<T>;
}

function notAnApi(reply: string): StreamError {
  return new StreamError('not-an-api', reply.trim().slice(0, 200));
}
