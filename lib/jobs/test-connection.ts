// The connection test: each step is one line in the options, and each failure names what to do.
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import type { Clock } from '../engine/timeouts.ts';
import type { Check, CheckName } from '../protocol/check.ts';
import type { ModelInfo } from '../protocol/contract.ts';
import { type ListModelsInput, listModels } from './list-models.ts';
import { jsonCheck, toolsCheck } from './test-abilities.ts';
import { findBetter, mayBeElsewhere } from './test-address.ts';
import { piecesCheck, tryStream, usageCheck } from './test-stream.ts';

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
const ABILITIES: readonly CheckName[] = ['pieces', 'usage', 'tools', 'json'];

/** Runs the checks in order and posts each; `input.baseUrl` is already valid. */
export async function testConnection(input: TestInput, post: (check: Check) => void): Promise<void> {
  const skip = (names: readonly CheckName[]) => {
    for (const name of names) post({ name, outcome: 'skipped' });
  };
  post({ name: 'address', outcome: 'ok' });
  if (!(await input.hasPermission())) {
    const why = `Access to ${new URL(input.baseUrl).host} is not granted.`;
    post(failed('permission', new StreamError('permission', why)));
    return skip(['reachable', 'key', 'model', 'stream', ...ABILITIES]);
  }
  post({ name: 'permission', outcome: 'ok' });

  const listed = await listModels(input).catch((error: unknown) => toTrouble(error));
  if (isTrouble(listed) && UNREACHABLE.has(listed.code)) {
    post(await withBetter(input, { name: 'reachable', outcome: 'failed', trouble: listed }));
    return skip(['key', 'model', 'stream', ...ABILITIES]);
  }
  const models = Array.isArray(listed) ? { detail: { models: listed.length } } : {};
  post({ name: 'reachable', outcome: 'ok', ...models });

  const sayMore = (streamed: number | Trouble | null) => {
    post(keyCheck(input, listed, streamed));
    post(modelCheck(input, listed, streamed));
  };
  if (input.model === '') {
    sayMore(null);
    return skip(['stream', ...ABILITIES]);
  }
  const reply = await tryStream(input, (ttftMs) => {
    sayMore(ttftMs);
    post({ name: 'stream', outcome: 'ok', detail: { ttftMs } });
  });
  if (isTrouble(reply)) {
    sayMore(reply);
    post(await withBetter(input, { name: 'stream', outcome: 'failed', trouble: reply }));
    return skip(ABILITIES);
  }
  post(piecesCheck(reply));
  post(usageCheck(reply));
  const json = jsonCheck(input);
  post(await toolsCheck(input));
  post(await json);
}

async function withBetter(input: TestInput, check: Check): Promise<Check> {
  const better = check.trouble && mayBeElsewhere(check.trouble) ? await findBetter(input) : undefined;
  return better ? { ...check, better } : check;
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
