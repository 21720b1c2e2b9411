// The connection test: each step is one line in the options, and each failure names what to do.
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import { once } from '../engine/retry.ts';
import { runTurn } from '../engine/run-turn.ts';
import type { Clock } from '../engine/timeouts.ts';
import type { Check, CheckName, ModelInfo } from '../protocol/contract.ts';
import { type ListModelsInput, listModels } from './list-models.ts';

export interface TestInput extends Omit<ListModelsInput, 'key'> {
  key: string | undefined;
  needsKey: boolean;
  model: string;
  clock: Clock;
  hasPermission(): Promise<boolean>;
}

const KEY_TROUBLES: ReadonlySet<string> = new Set(['unauthorised', 'forbidden', 'no-key', 'quota']);
/** Failures of GET /models after which nothing else can work. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'network',
  'timeout-connect',
  'redirect',
  'not-an-api',
  'origin-refused',
]);
const REST: readonly CheckName[] = ['reachable', 'key', 'model', 'stream'];

/** Runs the checks in order and posts each; `input.baseUrl` is already valid. */
export async function testConnection(input: TestInput, post: (check: Check) => void): Promise<void> {
  const skip = (names: readonly CheckName[]) => {
    for (const name of names) post({ name, outcome: 'skipped' });
  };
  post({ name: 'address', outcome: 'ok' });
  if (!(await input.hasPermission())) {
    post(
      failed(
        'permission',
        new StreamError('permission', `Access to ${new URL(input.baseUrl).host} is not granted.`),
      ),
    );
    return skip(REST);
  }
  post({ name: 'permission', outcome: 'ok' });

  const listed = await listModels(input).catch((error: unknown) => toTrouble(error));
  if (!Array.isArray(listed) && UNREACHABLE.has(listed.code)) {
    post({ name: 'reachable', outcome: 'failed', trouble: listed });
    return skip(['key', 'model', 'stream']);
  }
  post({
    name: 'reachable',
    outcome: 'ok',
    ...(Array.isArray(listed) ? { detail: { models: listed.length } } : {}),
  });

  const streamed = input.model === '' ? null : await tryStream(input);
  post(keyCheck(input, listed, streamed));
  post(modelCheck(input, listed, streamed));
  if (streamed === null) skip(['stream']);
  else if (typeof streamed === 'number')
    post({ name: 'stream', outcome: 'ok', detail: { ttftMs: streamed } });
  else post({ name: 'stream', outcome: 'failed', trouble: streamed });
}

/** Milliseconds to the first token, or the trouble. Stops after the first token: the test should cost next to nothing. */
async function tryStream({
  baseUrl,
  key,
  dialect,
  fetch,
  signal,
  model,
  clock,
}: TestInput): Promise<number | Trouble> {
  const begin = clock.now();
  const enough = new AbortController();
  try {
    const turn = runTurn({
      url: dialect.chatUrl(baseUrl),
      headers: dialect.headers(key),
      secret: key,
      ...once,
      request: { model, messages: [{ role: 'user', content: 'Reply with the word OK.' }] },
      dialect,
      timeouts: { connect: 30_000, firstToken: 60_000, idle: 30_000, total: 120_000 },
      fetch,
      clock,
      signal: AbortSignal.any([signal, enough.signal]),
    });
    for await (const step of turn) {
      if (step.type !== 'batch') continue;
      if (step.events.some((event) => event.type !== 'usage' && event.type !== 'finish'))
        return clock.now() - begin;
    }
    return { code: 'bad-data', message: 'The model answered with nothing.' };
  } catch (error) {
    return toTrouble(error);
  } finally {
    enough.abort();
  }
}

function keyCheck(
  { key, needsKey }: TestInput,
  listed: ModelInfo[] | Trouble,
  streamed: number | Trouble | null,
): Check {
  // A stream that came is the better witness: some servers want another header for their list.
  const said = typeof streamed === 'number' ? [] : [streamed, listed];
  const trouble = said.find((outcome) => isTrouble(outcome) && KEY_TROUBLES.has(outcome.code));
  if (isTrouble(trouble)) return { name: 'key', outcome: 'failed', trouble };
  if (key === undefined && needsKey) return failed('key', new StreamError('no-key', 'No API key is stored.'));
  const tried = typeof streamed === 'number' || (streamed === null && Array.isArray(listed));
  return { name: 'key', outcome: tried && key !== undefined ? 'ok' : 'skipped' };
}

function modelCheck(
  { model }: TestInput,
  listed: ModelInfo[] | Trouble,
  streamed: number | Trouble | null,
): Check {
  if (model === '') return failed('model', new StreamError('model-not-found', 'No model is chosen.'));
  if (isTrouble(streamed) && streamed.code === 'model-not-found')
    return { name: 'model', outcome: 'failed', trouble: streamed };
  const known = Array.isArray(listed) && listed.some(({ id }) => id === model);
  return { name: 'model', outcome: known || typeof streamed === 'number' ? 'ok' : 'skipped' };
}

function isTrouble(value: unknown): value is Trouble {
  return typeof value === 'object' && value !== null && 'code' in value;
}

function failed(name: CheckName, error: StreamError): Check {
  return { name, outcome: 'failed', trouble: toTrouble(error) };
}
