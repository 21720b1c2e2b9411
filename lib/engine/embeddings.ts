// Texts → vectors: in batches, each repeated where a failure may pass, in the order of the texts.
import type { Dialect } from './dialect.ts';
import { StreamError, type Trouble, toTrouble } from './errors.ts';
import { findRetryDelay, type RetryPolicy } from './retry.ts';
import type { Clock } from './timeouts.ts';
import { asStreamError, expectOk, type Fetch, readText, TRANSPORT } from './transport.ts';
import type { JsonObject } from './types.ts';
import { expectRunning, untilAborted } from './until-aborted.ts';

/** How a provider spells embeddings. */
export interface EmbeddingsApi {
  url(baseUrl: string): string;
  body(model: string, inputs: readonly string[], encoding: Encoding): JsonObject;
  /** The vectors of `count` inputs, in their order. @throws StreamError where the reply does not hold exactly them */
  read(reply: string, count: number): { vectors: Float32Array[]; promptTokens: number | null };
}

/** `unsaid`: no encoding is asked for; servers then send numbers. */
export type Encoding = 'base64' | 'float' | 'unsaid';

export interface EmbedInput {
  inputs: readonly string[];
  model: string;
  baseUrl: string;
  key: string | undefined;
  dialect: Dialect;
  api: EmbeddingsApi;
  fetch: Fetch;
  clock: Clock;
  retry: RetryPolicy;
  /** 0 ≤ random < 1; for the jitter of waits. */
  random(): number;
  signal: AbortSignal;
  /** `base64` where absent: a quarter of the bytes. A server that refuses it is asked without. */
  encoding?: Encoding;
  /** Inputs a request, 64 where absent. */
  maxInputs?: number;
  /** Bytes of text a request, 200,000 where absent; one longer text goes alone. */
  maxBytes?: number;
  /** Milliseconds a request may take, 60,000 where absent. */
  limitMs?: number;
  onRetry?(wait: { waitMs: number; trouble: Trouble }): void;
}

export interface Embeddings {
  /** One for each input, in order; all of the same length. */
  vectors: Float32Array[];
  /** Null where a reply did not say. */
  promptTokens: number | null;
  /** The encoding that worked, worth remembering for this server. */
  encoding: Encoding;
}

const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** @throws StreamError; all or nothing: a batch that fails for good ends the call */
export async function embed(input: EmbedInput): Promise<Embeddings> {
  const vectors: Float32Array[] = [];
  let promptTokens: number | null = 0;
  let encoding = input.encoding ?? 'base64';
  for (const batch of createBatches(input.inputs, input.maxInputs ?? 64, input.maxBytes ?? 200_000)) {
    const reply = await embedBatch(input, batch, encoding);
    encoding = reply.encoding;
    for (const vector of reply.vectors) {
      const length = vectors[0]?.length ?? vector.length;
      if (vector.length !== length)
        throw new StreamError(
          'bad-data',
          `The vectors differ in length: ${length} and ${vector.length} numbers.`,
        );
      vectors.push(vector);
    }
    promptTokens =
      promptTokens === null || reply.promptTokens === null ? null : promptTokens + reply.promptTokens;
  }
  return { vectors, promptTokens, encoding };
}

/** Consecutive texts, each batch within both limits unless it is one text. */
export function createBatches(inputs: readonly string[], maxInputs: number, maxBytes: number): string[][] {
  const encoder = new TextEncoder();
  const batches: string[][] = [];
  let batch: string[] = [];
  let bytes = 0;
  for (const text of inputs) {
    const size = encoder.encode(text).length;
    if (batch.length > 0 && (batch.length >= maxInputs || bytes + size > maxBytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(text);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

type BatchReply = ReturnType<EmbeddingsApi['read']> & { encoding: Encoding };

async function embedBatch(input: EmbedInput, batch: readonly string[], asked: Encoding): Promise<BatchReply> {
  let encoding = asked;
  let failed = 0;
  for (;;) {
    try {
      const reply = await requestOnce(input, batch, encoding);
      return { ...reply, encoding };
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      if (encoding !== 'unsaid' && isEncodingRefused(error)) {
        encoding = 'unsaid';
        continue;
      }
      failed++;
      const waitMs = findRetryDelay(error, failed, input.retry, input.random());
      if (waitMs === undefined) throw error;
      input.onRetry?.({ waitMs, trouble: toTrouble(error) });
      await wait(waitMs, input.clock, input.signal);
    }
  }
}

/** One request, within its limit of time. */
async function requestOnce(input: EmbedInput, batch: readonly string[], encoding: Encoding) {
  const { api, dialect, key, clock, limitMs = 60_000 } = input;
  expectRunning(input.signal);
  const lifetime = new AbortController();
  const onAbort = () => lifetime.abort(input.signal.reason);
  input.signal.addEventListener('abort', onAbort, { once: true });
  let answered = false;
  const cancel = clock.after(limitMs, () => {
    const code = answered ? 'timeout-total' : 'timeout-connect';
    lifetime.abort(new StreamError(code, `The vectors did not come within ${limitMs / 1000} s.`));
  });
  async function exchange(): Promise<string> {
    const response = await input.fetch(api.url(input.baseUrl), {
      method: 'POST',
      headers: { ...dialect.headers(key), 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(api.body(input.model, batch, encoding)),
      signal: lifetime.signal,
      ...TRANSPORT,
    });
    answered = true;
    await expectOk(response, dialect);
    return readText(response, MAX_REPLY_BYTES);
  }
  try {
    const reply = await untilAborted(exchange(), lifetime.signal);
    if (reply.length >= MAX_REPLY_BYTES) throw new StreamError('too-large', 'The reply is too large.');
    return api.read(reply, batch.length);
  } catch (error) {
    throw asStreamError(error, key);
  } finally {
    cancel();
    input.signal.removeEventListener('abort', onAbort);
    lifetime.abort(new StreamError('aborted', 'The request is over.'));
  }
}

function isEncodingRefused(error: StreamError): boolean {
  const isRefusal = error.status === 400 || error.status === 422 || error.code === 'bad-request';
  return isRefusal && /encoding[_ ]?format|base64/i.test(error.message);
}

async function wait(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(ms, resolve);
  try {
    await untilAborted(promise, signal);
  } finally {
    cancel();
  }
}
