// The wire between views, page scripts and the worker. Types only: one port is one request; its first message is the request,
// then control goes up and events come down; the last event is `done` or `error`, then the port closes. A port that closes
// without a last event means that the worker died.
import type { ErrorCode, Trouble } from '../engine/errors.ts';
import type { Stats } from '../engine/stats.ts';
import type { Message, ModelInfo, StreamEvent } from '../engine/types.ts';
import type { Settings } from '../settings/schema.ts';
import type { Attachments } from './attachments.ts';
import type { Check } from './check.ts';
import type { HistoryRequests, HistoryResults } from './history.ts';
import type { ModelRequests, ModelResults } from './models.ts';
import type { PagePart, Segment, SegmentEvents, Show, TranslationEnd } from './page.ts';
import type { TurnRequests, TurnResults, Versions } from './turns.ts';

/** waiting: sent, nothing came yet. partial: ended early, text is kept. failed: ended with nothing to show. */
export type TurnState = 'waiting' | 'streaming' | 'retrying' | 'continuing' | 'done' | 'partial' | 'failed';

/** One request of a turn. */
export interface Attempt {
  /** When it was sent, ms since the epoch. */
  at: number;
  /** HTTP status; null while no headers have come. */
  status: number | null;
  /** Why it ended; null where it ended well or nobody was there to see its end. */
  code: ErrorCode | null;
  /** The model that was asked, where the turn was answered by another one. */
  model?: string;
}

/** A question and its answer: the unit of the ledger. Turns form a tree; a conversation shows the path that ends at its head. */
export interface Turn extends Attachments {
  id: string;
  conversationId: string;
  /** The turn before this one; null for the first. */
  parentId: string | null;
  /** `translation`: text of a page that cannot be written into, translated here instead. */
  kind: 'chat' | 'translation';
  createdAt: number;
  userText: string;
  reply: Message;
  /** Where the text goes on after a break: offsets in `reply.text`. */
  seams: number[];
  state: TurnState;
  trouble: Trouble | null;
  stats: Stats;
  model: string;
  /** Origin of the server that is asked; empty while unknown. */
  origin: string;
  /** Every request that was sent for it, in order. */
  attempts: Attempt[];
  /** Sequence number of the last event; grows as long as the turn does. */
  seq: number;
  /** Its row cannot be read: nothing but its place is known. */
  isDamaged?: true;
  /** BCP 47 tag of the translation's language; only where kind is `translation`. */
  language?: string;
}

export interface ConversationView {
  id: string;
  title: string;
  turns: Turn[];
  /** Absent: nothing stands beside any of its turns. */
  versions?: Versions;
  /** Why what is said now is not stored, in words for a person; null where it is. */
  unsaved: string | null;
  /** Its own instructions; absent where it has none and those of the settings count. */
  system?: string;
}

/** What a view may know about the configuration: everything but the key. */
export interface SettingsView {
  settings: Settings;
  /** A key is stored for the origin of settings.baseUrl. */
  hasKey: boolean;
  /** The host permission for that origin is granted. */
  hasPermission: boolean;
  /** Everything a request needs is there (a key where the provider wants one, a model, the permission). */
  ready: boolean;
  /** Base URLs of the other saved providers that can be asked, too. */
  othersReady?: string[];
}

export type { Choice, ModelAt, Params, Provider } from '../settings/provider.ts';
export type { Check } from './check.ts';
export type { Notice } from './notice.ts';
export type { Segment, SegmentEvent, SegmentState } from './page.ts';
export type { Versions } from './turns.ts';
export type { Totals, UsageRow } from './usage.ts';
export type { ModelInfo };

// ---- requests: first message of a port ----

export interface Requests extends HistoryRequests, ModelRequests, TurnRequests {
  /** Starts (or, with a turn id that is known, attaches to) a chat turn. `system`: the conversation's own instructions from now on. Events: snapshot, delta, state. */
  chat: {
    turnId: string;
    conversationId: string;
    parentId: string | null;
    text: string;
    system?: string;
  } & Attachments;
  /** Goes on with a partial answer. Events as for `chat`. */
  continue: { turnId: string };
  /** Leaves a partial answer as it is: its trouble is dealt with. */
  keep: { turnId: string };
  /** Watches a turn. With `fromSeq` equal to the live sequence nothing is repeated, else a snapshot comes first. */
  attach: { turnId: string; fromSeq: number };
  /** Translates segments of a page; only with a grant. Events: segments. */
  translate: { segments: Segment[]; language?: string | undefined; isConfirmed?: true | undefined };
  /** Has a part of the page script brought into the page that asks. */
  'bring-part': { part: PagePart };
  /** How translations are shown on the site of the page that asks, from now on. */
  'show-here': { show: Show };
  /** Starts in-page translation of the selection of a tab, from the popup's or panel's button. */
  'translate-tab': { tabId: number };
  /** The selected text of a tab, without `tabId` of the one in front; null where there is none or the page cannot be scripted. */
  selection: { tabId?: number | undefined };
  /** A conversation with its turns; without an id the last one. */
  conversation: { id?: string };
  /** The bytes of a turn that failed just now, without the key; null where they are not kept (any more). */
  capture: { turnId: string };
  /** Makes an empty conversation the current one. */
  'new-conversation': Record<never, never>;
  'kept-translations': Record<never, never>;
  'forget-translations': Record<never, never>;
  settings: Record<never, never>;
  'save-settings': { settings: Settings };
  /** Stores a key for an origin. Write-only: no request answers with a key. */
  'put-key': { origin: string; key: string };
  'remove-key': { origin: string };
  /** Whether a key is stored for an origin. */
  'has-key': { origin: string };
  /** The models the server lists. A key given here is used once, not stored. */
  models: { baseUrl: string; key?: string };
  /** Runs the connection test; each check is sent as it ends. */
  'test-connection': { preset: string; baseUrl: string; model: string; key?: string };
}

export type RequestType = keyof Requests;
export type Request = { [T in RequestType]: { type: T } & Requests[T] }[RequestType];

/** What `done` carries, by request. */
export interface Results extends HistoryResults, ModelResults, TurnResults {
  chat: null;
  continue: null;
  keep: null;
  attach: null;
  translate: TranslationEnd;
  'bring-part': null;
  'show-here': null;
  'translate-tab': null;
  selection: { tabId: number; text: string } | null;
  conversation: ConversationView;
  capture: string | null;
  'new-conversation': ConversationView;
  'kept-translations': { count: number; chars: number };
  'forget-translations': null;
  settings: SettingsView;
  'save-settings': SettingsView;
  'put-key': null;
  'remove-key': null;
  'has-key': boolean;
  models: ModelInfo[];
  'test-connection': null;
}

// After the request only `{type: 'abort'}` goes up the port.

// ---- events: down the port ----

export type TurnEvent =
  | { type: 'snapshot'; seq: number; turn: Turn }
  | { type: 'delta'; seq: number; events: StreamEvent[]; chunks: number; elapsedMs: number }
  | {
      type: 'state';
      seq: number;
      state: TurnState;
      trouble: Trouble | null;
      stats: Stats;
      retryInMs?: number;
    };

export interface Events {
  chat: TurnEvent;
  continue: TurnEvent;
  attach: TurnEvent;
  translate: SegmentEvents;
  'test-connection': { type: 'check'; check: Check };
}
export type EventOf<T extends RequestType> = T extends keyof Events ? Events[T] : never;
export type LastEvent<T extends RequestType> =
  | { type: 'done'; value: Results[T] }
  | { type: 'error'; trouble: Trouble };
