// What views ask for about turns that are stored.
import { TurnEdits } from '../../lib/jobs/turn-edits.ts';
import type { Handlers } from '../../lib/protocol/server.ts';
import type { TurnRequests } from '../../lib/protocol/turns.ts';
import { providersOf } from '../../lib/settings/providers.ts';
import { loadSettings } from '../../lib/settings/stored.ts';
import { branches, chatDeps, forgetSearch, ledger, prices, ready } from './dependencies.ts';

export const turnEdits = new TurnEdits({
  ...chatDeps,
  branches,
  onRemoved: ({ conversationId }) => void forgetSearch([conversationId]),
});

export const turnHandlers: Pick<Handlers, keyof TurnRequests> = {
  async 'select-turn'({ turnId }) {
    await ready;
    return turnEdits.select(turnId);
  },
  async 'delete-turn'({ turnId }) {
    await ready;
    // Nothing is awaited before it has its place in the queue: what is asked behind it must find it there.
    return turnEdits.remove(turnId);
  },
  async price({ turnId }) {
    const turn = await ledger.findTurn(turnId);
    // Prices are kept for the saved servers alone.
    const saved = providersOf(await loadSettings()).find(
      ({ baseUrl }) => URL.canParse(baseUrl) && new URL(baseUrl).origin === turn?.origin,
    );
    if (!turn || !saved) return null;
    return (await prices.find(saved.baseUrl, turn.model)) ?? null;
  },
};
