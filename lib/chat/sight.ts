// Whether the model that is asked sees images, as its server says. Asked for when somebody wants to send one, and not before.
import type { Connect } from '../protocol/channel.ts';
import type { ModelAt } from '../protocol/contract.ts';
import { askOnce } from './questions.ts';

/** Nobody waits longer than this to be told that it is not known, ms. */
const PATIENCE_MS = 3000;

const known = new Map<string, boolean>();

/** Undefined where the server does not say, or cannot be asked. */
export async function seesImages(
  connect: Connect,
  asked: ModelAt | null,
  wait: (ms: number) => Promise<void>,
): Promise<boolean | undefined> {
  const { baseUrl, model } = asked ?? {};
  if (!baseUrl || !model) return undefined;
  const key = `${baseUrl} ${model}`;
  if (!known.has(key)) {
    const asked = askOnce<'models'>(connect, { type: 'models', baseUrl }).catch(() => []);
    const models = await Promise.race([asked, wait(PATIENCE_MS).then(() => [])]);
    const sees = models.find(({ id }) => id === model)?.capabilities?.vision;
    if (sees !== undefined) known.set(key, sees);
  }
  return known.get(key);
}
