// What views ask for about turns that are stored.
import { TurnEdits } from '../../lib/jobs/turn-edits.ts';
import type { Handlers } from '../../lib/protocol/server.ts';
import type { TurnRequests } from '../../lib/protocol/turns.ts';
import { loadSettings } from '../../lib/settings/stored.ts';
import { branches, chatDeps, forgetSearch, ledger, prices, ready } from './dependencies.ts';

export const turnEdits = new TurnEdits({ ...chatDeps, branches });

export const turnHandlers: Pick<Handlers, keyof TurnRequests> = {
  async 'select-turn'({ turnId }) {
    await ready;
    return turnEdits.select(turnId);
  },
  async 'delete-turn'({ turnId }) {
    await ready;
    const turn = await ledger.findTurn(turnId);
    await turnEdits.remove(turnId);
    // What it said must not be found any more either.
    if (turn) void forgetSearch([turn.conversationId]);
    return null;
  },
  async price({ turnId }) {
    const turn = await ledger.findTurn(turnId);
    const { baseUrl } = await loadSettings();
    // Prices are kept for the saved server alone.
    if (!turn || !URL.canParse(baseUrl) || new URL(baseUrl).origin !== turn.origin) return null;
    return (await prices.find(baseUrl, turn.model)) ?? null;
  },
};
