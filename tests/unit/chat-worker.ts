// A scripted worker for the chat's view model: every channel that is opened is kept, with what was asked on it.
import type { ChatDeps } from '../../lib/chat/deps.ts';
import type { DraftStore } from '../../lib/chat/drafting.ts';
import { type ChatModel, createChatModel } from '../../lib/chat/model.ts';
import { emptyMessage } from '../../lib/engine/fold.ts';
import { emptyStats } from '../../lib/engine/stats.ts';
import { type Channel, channelPair } from '../../lib/protocol/channel.ts';
import type {
  ConversationView,
  Notice,
  Request,
  Results,
  SettingsView,
  Turn,
  TurnEvent,
} from '../../lib/protocol/contract.ts';
import { defaultSettings } from '../../lib/settings/schema.ts';

export interface Port {
  request: Request;
  aborted: boolean;
  left: boolean;
  post(event: TurnEvent): void;
  text(seq: number, text: string): void;
  done(): void;
  /** The worker dies: the port closes without a last event. */
  die(): void;
  channel: Channel;
}

export function turnOf(id: string, more: Partial<Turn> = {}): Turn {
  return {
    id,
    conversationId: 'c1',
    parentId: null,
    kind: 'chat',
    createdAt: 0,
    userText: `question ${id}`,
    reply: { ...emptyMessage(), text: `answer ${id}` },
    seams: [],
    state: 'done',
    trouble: null,
    stats: emptyStats(),
    model: 'm',
    origin: 'https://ai.megallm.io',
    attempts: [],
    seq: 0,
    ...more,
  };
}

export function readySettings(more: Partial<SettingsView> = {}): SettingsView {
  const settings = { ...defaultSettings, model: 'm' };
  return { settings, hasKey: true, hasPermission: true, ready: true, ...more };
}

export class ScriptedWorker {
  readonly ports: Port[] = [];
  conversation: ConversationView = { id: 'c1', title: '', turns: [], unsaved: null };
  settings: SettingsView = readySettings();
  selection: Results['selection'] = null;
  /** Opening a connection throws, as after an update of the extension. */
  isUnreachable = false;
  /** New conversations are not answered; the test does that itself. */
  isSlow = false;
  readonly calls: string[] = [];
  /** What the views have noted of what they sent. */
  outbox: string | null = null;
  /** What was written and not sent, by conversation. */
  readonly kept = new Map<string, string>();
  private readonly hearers = new Set<(conversationId: string) => void>();
  readonly drafts: DraftStore = {
    read: (id) => this.kept.get(id) ?? null,
    write: (id, text) => void (text === null ? this.kept.delete(id) : this.kept.set(id, text)),
    onChange: (listener) => {
      this.hearers.add(listener);
      return () => this.hearers.delete(listener);
    },
  };
  private readonly listeners = new Set<(notice: Notice) => void>();

  readonly connect = (): Channel => {
    if (this.isUnreachable) throw new Error('Extension context invalidated.');
    const [viewer, worker] = channelPair();
    const port: Port = {
      request: { type: 'settings' },
      aborted: false,
      left: false,
      post: (event) => worker.post(event),
      text: (seq, text) =>
        worker.post({
          type: 'delta',
          seq,
          events: [{ type: 'text', text }],
          chunks: 1,
          elapsedMs: seq * 10,
        }),
      done: () => worker.post({ type: 'done', value: null }),
      die: () => worker.close(),
      channel: worker,
    };
    let asked = false;
    worker.onMessage((message) => {
      if (asked) port.aborted = true;
      else {
        asked = true;
        port.request = message as Request;
        this.ports.push(port);
        this.answer(port);
      }
    });
    worker.onClose(() => {
      port.left = true;
    });
    return viewer;
  };

  private note(text: string): void {
    this.outbox = text;
  }

  /** Another view writes. */
  writeDraft(conversationId: string, text: string): void {
    this.kept.set(conversationId, text);
    for (const hear of this.hearers) hear(conversationId);
  }

  notify(notice: Notice): void {
    for (const listener of [...this.listeners]) listener(notice);
  }

  /** Ports of one kind of request, oldest first. */
  of(type: Request['type']): Port[] {
    return this.ports.filter((port) => port.request.type === type);
  }

  /** The newest port of a kind. */
  expectLast(type: Request['type']): Port {
    const port = this.of(type).at(-1);
    if (!port) throw new Error(`nobody asked ${type}`);
    return port;
  }

  createModel(more: Partial<ChatDeps> = {}): ChatModel {
    let id = 0;
    return createChatModel({
      connect: this.connect,
      listen: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      surface: 'popup',
      openSearch: () => channelPair()[0],
      openOptions: () => this.calls.push('options'),
      openSidePanel: () => this.calls.push('panel'),
      closeSurface: () => this.calls.push('close'),
      copyText: async (text) => void this.calls.push(`copy ${text}`),
      newId: () => `new${++id}`,
      now: () => 0,
      drafts: this.drafts,
      pages: async () => {
        throw new Error('no pages here');
      },
      outbox: { read: () => this.outbox, write: (text) => this.note(text) },
      wait: async () => {},
      ...more,
    });
  }

  private answer({ request, channel }: Port): void {
    const done = (value: unknown) => channel.post({ type: 'done', value });
    if (request.type === 'conversation') done(this.conversation);
    else if (request.type === 'settings') done(this.settings);
    else if (request.type === 'selection') done(this.selection);
    else if (request.type === 'new-conversation' && !this.isSlow)
      done({ id: 'c2', title: '', turns: [], unsaved: null });
    else if (request.type === 'translate-tab') done(null);
  }
}

/** Lets every message that is on its way arrive. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}
