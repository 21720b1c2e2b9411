// What is known about the server that the form names: whether a key is stored for it, whether access is granted, which models it
// lists. Asked anew when the address changes.
import { signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import type { ModelInfo } from '../protocol/contract.ts';
import type { Address } from './address.ts';

export interface OriginDeps {
  connect: Connect;
  /** Whether access to a match pattern is granted. */
  hasPermission(pattern: string): Promise<boolean>;
  /** Whether the server in the form only answers with a key; then it is not asked without one. */
  needsKey(): boolean;
}

export function createOriginFacts(deps: OriginDeps) {
  /** Null while it is not known. */
  const hasKey = signal<boolean | null>(null);
  const models = signal<ModelInfo[]>([]);
  let round = 0;

  /**
   * Asks about `address`; a typed key is sent only where a gesture said so (`key`), never from typing alone: the address may still
   * be the one of another provider. Failures are silent here, Test connection is the place that explains them.
   */
  async function refresh(address: Address | undefined, key?: string): Promise<void> {
    const mine = ++round;
    if (!address) {
      hasKey.value = null;
      models.value = [];
      return;
    }
    try {
      const stored = await ask(deps.connect, { type: 'has-key', origin: address.origin });
      if (mine !== round) return;
      hasKey.value = stored;
      if (!stored && !key && deps.needsKey()) {
        models.value = [];
        return;
      }
      if (!(await deps.hasPermission(address.pattern)) || mine !== round) return;
      const { baseUrl } = address;
      const found = await ask(deps.connect, { type: 'models', baseUrl, ...(key ? { key } : {}) });
      if (mine === round) models.value = found;
    } catch {
      // Free text is always possible, so a list that does not come takes nothing away.
    }
  }

  return {
    hasKey,
    models,
    refresh,
    /** The address changed: what was known is about another server. */
    forget(): void {
      round++;
      hasKey.value = null;
      models.value = [];
    },
  };
}

export type OriginFacts = ReturnType<typeof createOriginFacts>;
