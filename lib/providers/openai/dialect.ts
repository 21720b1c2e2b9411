// The dialect of every OpenAI-compatible server.
import type { Dialect } from '../../engine/dialect.ts';
import type { JsonObject, JsonValue } from '../../engine/types.ts';
import { createOpenAiDecoder } from './decoder.ts';
import { responseError } from './errors.ts';

export const openAiDialect: Dialect = {
  chatBody({ model, messages, temperature }) {
    const body: JsonObject = {
      model,
      messages: messages as unknown as JsonValue[],
      stream: true,
      stream_options: { include_usage: true },
    };
    if (temperature !== undefined) body['temperature'] = temperature;
    return body;
  },
  headers: (key) => (key ? { Authorization: `Bearer ${key}` } : {}),
  chatUrl: (baseUrl) => `${baseUrl}/chat/completions`,
  createDecoder: createOpenAiDecoder,
  responseError,
};
