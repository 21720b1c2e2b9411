// What the models of the saved server cost, as its list of models said when the options page last read it: nothing is asked for it.
import * as v from 'valibot';
import type { ModelInfo, ModelPrice } from '../engine/types.ts';

const KEY = 'prices';
const MAX_MODELS = 1000;

const perMillion = v.pipe(v.number(), v.minValue(0));
const pricesSchema = v.strictObject({
  baseUrl: v.pipe(v.string(), v.maxLength(2000)),
  /** By model: dollars for a million tokens of the question, and of the answer. */
  models: v.array(v.tuple([v.pipe(v.string(), v.maxLength(200)), perMillion, perMillion])),
});

interface Storage {
  read(key: string): Promise<unknown>;
  write(key: string, value: unknown): Promise<void>;
}

export function createPrices(storage: Storage) {
  return {
    /** Keeps what `models` say of prices, in place of what was kept. Rejects where the storage does. */
    async keep(baseUrl: string, models: readonly ModelInfo[]): Promise<void> {
      const priced = models.flatMap(({ id, price }) =>
        price?.input === undefined || price.output === undefined || id.length > 200
          ? []
          : [[id, price.input, price.output]],
      );
      await storage.write(KEY, { baseUrl, models: priced.slice(0, MAX_MODELS) });
    },
    /** Undefined where it is not known, whatever the reason. */
    async find(baseUrl: string, model: string): Promise<Required<ModelPrice> | undefined> {
      const stored = v.safeParse(pricesSchema, await storage.read(KEY).catch(() => undefined));
      if (!stored.success || stored.output.baseUrl !== baseUrl) return undefined;
      const [, input, output] = stored.output.models.find(([id]) => id === model) ?? [];
      return input === undefined || output === undefined ? undefined : { input, output };
    },
  };
}
