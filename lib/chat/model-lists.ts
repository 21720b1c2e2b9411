// The models of every saved provider, for the list that one is chosen from.
import { type ReadonlySignal, signal } from '@preact/signals';
import { type Trouble, toTrouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import type { ModelInfo } from '../protocol/contract.ts';
import { askOnce } from './questions.ts';

/** What is known of one provider's models. */
export interface ProviderModels {
  isLoading: boolean;
  models: readonly ModelInfo[];
  /** Why there is no list, or no newer one. */
  trouble: Trouble | null;
}

export type ModelsByProvider = ReadonlyMap<string, ProviderModels>;

const UNKNOWN: ProviderModels = { isLoading: true, models: [], trouble: null };

export class ModelLists {
  private readonly lists = signal<ModelsByProvider>(new Map());
  private readonly connect: Connect;

  constructor(connect: Connect) {
    this.connect = connect;
  }

  /** By base URL. */
  get byProvider(): ReadonlySignal<ModelsByProvider> {
    return this.lists;
  }

  /** Asks for the models of these providers, each by itself: one that is silent keeps no other from being shown. */
  load(baseUrls: readonly string[], isFresh = false): void {
    for (const baseUrl of baseUrls) void this.loadOne(baseUrl, isFresh);
  }

  private async loadOne(baseUrl: string, isFresh: boolean): Promise<void> {
    const known = this.lists.peek().get(baseUrl);
    if (known?.isLoading) return;
    this.set(baseUrl, { ...(known ?? UNKNOWN), isLoading: true });
    try {
      const fresh = isFresh ? ({ isFresh } as const) : {};
      const models = await askOnce<'provider-models'>(this.connect, {
        type: 'provider-models',
        baseUrl,
        ...fresh,
      });
      this.set(baseUrl, { isLoading: false, models, trouble: null });
    } catch (error) {
      this.set(baseUrl, { ...(known ?? UNKNOWN), isLoading: false, trouble: toTrouble(error) });
    }
  }

  private set(baseUrl: string, list: ProviderModels): void {
    this.lists.value = new Map(this.lists.peek()).set(baseUrl, list);
  }
}
