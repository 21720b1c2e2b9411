// Whether the model that is asked sees images, as its server says. Asked for when somebody wants to send one, and not before.
import type { Connect } from '../protocol/channel.ts';
import type { SettingsView } from '../protocol/contract.ts';
import { askOnce } from './questions.ts';

/** A function that resolves with undefined where the server does not say, or cannot be asked. */
export function createSight(
  connect: Connect,
  setup: () => SettingsView | null,
): () => Promise<boolean | undefined> {
  const known = new Map<string, boolean>();
  return async () => {
    const { baseUrl, model } = setup()?.settings ?? {};
    if (!baseUrl || !model) return undefined;
    const key = `${baseUrl} ${model}`;
    if (!known.has(key)) {
      const models = await askOnce<'models'>(connect, { type: 'models', baseUrl }).catch(() => []);
      const sees = models.find(({ id }) => id === model)?.capabilities?.vision;
      if (sees !== undefined) known.set(key, sees);
    }
    return known.get(key);
  };
}
