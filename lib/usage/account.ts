// What a request took → the sums of what was used, with its price where that is known.
import type { ModelPrice } from '../engine/types.ts';
import { isTemporary } from '../history/temporary.ts';
import type { Used } from '../jobs/meter.ts';
import type { UsageStore } from './store.ts';

interface Prices {
  find(baseUrl: string, model: string): Promise<Required<ModelPrice> | undefined>;
}

/** The function that enters a request into the sums; it never fails. */
export function createAccount(store: Pick<UsageStore, 'add'>, prices: Prices): (used: Used) => void {
  return (used) => {
    // Nothing was sent.
    if (used.requests === 0) return;
    void prices
      .find(used.baseUrl, used.model)
      .catch(() => undefined)
      .then((price) => store.add(toUse(used, price)));
  };
}

function toUse({ isEstimated, baseUrl, ...used }: Used, price: Required<ModelPrice> | undefined) {
  const { requests, input, output, conversationId } = used;
  // Nothing of a temporary conversation is stored by its name.
  const isStored = conversationId !== undefined && !isTemporary(conversationId);
  return {
    ...used,
    conversationId: isStored ? conversationId : undefined,
    host: new URL(baseUrl).host,
    cost: price ? (input * price.input + output * price.output) / 1e6 : 0,
    estimated: isEstimated ? requests : 0,
    unpriced: price ? 0 : requests,
  };
}
