// POST /embeddings of OpenAI-compatible servers.
import type { EmbeddingsApi } from '../../engine/embeddings.ts';
import { StreamError } from '../../engine/errors.ts';
import type { JsonObject, JsonValue } from '../../engine/types.ts';
import { payloadError } from './errors.ts';
import { findArray, findJson, findNumber, findObject } from './json.ts';

const MAX_DIMENSIONS = 65_536;

export const openAiEmbeddings: EmbeddingsApi = {
  url: (baseUrl) => `${baseUrl}/embeddings`,
  body: (model, inputs, encoding) => ({
    model,
    input: [...inputs],
    ...(encoding === 'unsaid' ? {} : { encoding_format: encoding }),
  }),
  read: readEmbeddings,
};

function readEmbeddings(reply: string, count: number): ReturnType<EmbeddingsApi['read']> {
  if (reply.trimStart().startsWith('<')) throw new StreamError('not-an-api', reply.trim().slice(0, 200));
  const value = findJson(reply);
  if (value === undefined) throw badData(`The server sent no valid JSON: ${reply.slice(0, 200)}`);
  const object = findObject(value);
  const error = object?.['error'];
  if (object && error !== undefined && error !== null)
    throw payloadError(typeof error === 'string' ? object : error);
  // llama.cpp sends a bare array where its address has no /v1.
  const rows = findArray(value) ?? findArray(object?.['data']);
  if (!rows) throw badData(`The server sent no vectors: ${reply.slice(0, 200)}`);
  const promptTokens = findNumber(findObject(object?.['usage'])?.['prompt_tokens']) ?? null;
  return { vectors: inOrder(rows, count), promptTokens };
}

/** The vectors by `index`, which some servers shuffle; where no row has one, by their place. */
function inOrder(rows: readonly JsonValue[], count: number): Float32Array[] {
  if (rows.length !== count) throw badData(`The server sent ${rows.length} vectors for ${count} texts.`);
  const objects = rows.map((row) => {
    const object = findObject(row);
    if (!object) throw badData('The server sent a row that is no vector.');
    return object;
  });
  const isNumbered = objects.some((row) => row['index'] !== undefined);
  const vectors = new Map<number, Float32Array>();
  for (const [place, row] of objects.entries()) {
    const index = isNumbered ? findNumber(row['index']) : place;
    if (index === undefined || !Number.isInteger(index) || index < 0 || index >= count || vectors.has(index))
      throw badData('The server numbered its vectors wrongly.');
    vectors.set(index, readVector(row));
  }
  return [...vectors].sort(([a], [b]) => a - b).map(([, vector]) => vector);
}

/** Numbers or base64, whichever was sent: servers ignore what was asked for. */
function readVector(row: JsonObject): Float32Array {
  const value = row['embedding'];
  const vector = typeof value === 'string' ? fromBase64(value) : fromNumbers(value);
  if (!vector || vector.length === 0 || vector.length > MAX_DIMENSIONS || !vector.every(Number.isFinite))
    throw badData('The server sent a vector that cannot be read.');
  return vector;
}

function fromNumbers(value: JsonValue | undefined): Float32Array | undefined {
  const array = findArray(value);
  // llama.cpp wraps the one pooled vector once more.
  const numbers = array?.length === 1 ? (findArray(array[0]) ?? array) : array;
  if (!numbers?.every((number) => typeof number === 'number')) return undefined;
  return Float32Array.from(numbers);
}

/** Little-endian 32-bit floats, whatever the byte order of this machine. */
function fromBase64(text: string): Float32Array | undefined {
  let bytes: string;
  try {
    bytes = atob(text);
  } catch {
    return undefined;
  }
  if (bytes.length % 4 !== 0) return undefined;
  const view = new DataView(new ArrayBuffer(bytes.length));
  for (let place = 0; place < bytes.length; place++) view.setUint8(place, bytes.charCodeAt(place));
  return Float32Array.from({ length: bytes.length / 4 }, (_, place) => view.getFloat32(place * 4, true));
}

function badData(message: string): StreamError {
  return new StreamError('bad-data', message);
}
