// The models of each saved server, as its list said when it was last read: the picker shows them at once, and they say what a token costs.
import * as v from 'valibot';
import type { ModelInfo, ModelPrice } from '../engine/types.ts';

const MAX_MODELS = 2000;

const amount = v.pipe(v.number(), v.minValue(0));
/** As {@link createPrices} wrote it, in a storage that no page reaches; what is reckoned with is looked at all the same. */
const listSchema = v.object({
  /** Ms since the epoch. */
  at: v.number(),
  models: v.array(
    v.looseObject({
      id: v.string(),
      price: v.optional(v.object({ input: v.optional(amount), output: v.optional(amount) })),
    }),
  ),
});

interface Storage {
  read(key: string): Promise<unknown>;
  write(key: string, value: unknown): Promise<void>;
}

export interface KeptModels {
  /** When the server said so, ms since the epoch. */
  at: number;
  models: ModelInfo[];
}

export function createPrices(storage: Storage, now: () => number = Date.now) {
  async function list(baseUrl: string): Promise<KeptModels | undefined> {
    const stored = v.safeParse(listSchema, await storage.read(keyOf(baseUrl)).catch(() => undefined));
    return stored.success ? (stored.output as KeptModels) : undefined;
  }
  return {
    /** Keeps what a server said of its models, in place of what was kept. Rejects where the storage does. */
    keep(baseUrl: string, models: readonly ModelInfo[]): Promise<void> {
      const known = models.filter(({ id, name = '' }) => id.length <= 200 && name.length <= 200);
      return storage.write(keyOf(baseUrl), { at: now(), models: known.slice(0, MAX_MODELS) });
    },
    /** Undefined where the server was never asked, or its list is no longer kept. */
    list,
    /** Undefined where it is not known, whatever the reason. */
    async find(baseUrl: string, model: string): Promise<Required<ModelPrice> | undefined> {
      const { input, output } = (await list(baseUrl))?.models.find(({ id }) => id === model)?.price ?? {};
      return input === undefined || output === undefined ? undefined : { input, output };
    },
  };
}

function keyOf(baseUrl: string): string {
  return `models ${baseUrl}`;
}
