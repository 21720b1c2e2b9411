// The dialect of every OpenAI-compatible server, bent by what a preset knows of its provider.
import type { Dialect } from '../../engine/dialect.ts';
import type { JsonObject } from '../../engine/types.ts';
import type { Preset, Quirks } from '../presets.ts';
import { extraFields, toWireMessage } from './chat-body.ts';
import { createOpenAiDecoder } from './decoder.ts';
import { responseError } from './errors.ts';

/** The dialect of a preset's servers; without one, that of a server about which nothing is known. */
export function createDialect(preset?: Pick<Preset, 'quirks'>): Dialect {
  const quirks = preset?.quirks ?? {};
  return {
    chatBody(request) {
      const { model, messages, temperature } = request;
      const body: JsonObject = {
        model,
        messages: messages.map(toWireMessage),
        stream: true,
        stream_options: { include_usage: true },
      };
      if (temperature !== undefined) body['temperature'] = temperature;
      return { ...body, ...extraFields(request) };
    },
    headers: (key) => ({ ...quirks.headers, ...keyHeader(key, quirks) }),
    chatUrl: (baseUrl) => withQuery(`${baseUrl}/chat/completions`, quirks),
    createDecoder: createOpenAiDecoder,
    responseError,
  };
}

export const openAiDialect: Dialect = createDialect();

function keyHeader(key: string | undefined, { keyHeader }: Quirks): Record<string, string> {
  if (!key) return {};
  return keyHeader ? { [keyHeader]: key } : { Authorization: `Bearer ${key}` };
}

function withQuery(url: string, { query }: Quirks): string {
  if (!query?.path || !new URL(url).pathname.includes(query.path)) return url;
  return `${url}?${new URLSearchParams(query.params)}`;
}
