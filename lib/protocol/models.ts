// The wire for models, providers and figures. Types only.
import type { ModelInfo } from '../engine/types.ts';
import type { Choice, ModelAt } from '../settings/provider.ts';
import type { Totals, UsageRow } from './usage.ts';

export interface ModelRequests {
  /** What a conversation chose for itself. */
  'model-choice': { conversationId: string };
  /** A conversation is asked with `choice` from now on. `isUsual`: its provider and model are those of new ones too. */
  'choose-model': { conversationId: string; choice: Choice; isUsual?: true | undefined };
  /** Gives a model its star, or takes it. */
  'favour-model': ModelAt & { isFavourite: boolean };
  /** The models of a saved provider: as its server said within the last hour, unless they are to be `isFresh`. */
  'provider-models': { baseUrl: string; isFresh?: true | undefined };
  /** What was used from this day on, `2026-01-31`. */
  usage: { since: string };
  'conversation-usage': { conversationId: string };
  'clear-usage': Record<never, never>;
}

export interface ModelResults {
  /** Null where it chose nothing. */
  'model-choice': Choice | null;
  'choose-model': null;
  'favour-model': null;
  'provider-models': ModelInfo[];
  usage: UsageRow[];
  /** Null where nothing is known of it. */
  'conversation-usage': Totals | null;
  'clear-usage': null;
}
