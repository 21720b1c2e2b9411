// What the chat needs from the surface it is shown on.
import type { Pages } from '../context/page-types.ts';
import type { Channel, Connect } from '../protocol/channel.ts';
import type { Notice } from '../protocol/contract.ts';
import type { DraftStore } from './drafting.ts';
import type { OutboxStore } from './outbox.ts';
import type { PanelTab } from './panel-tab.ts';

export type Surface = 'popup' | 'sidepanel' | 'tab';

/** A shortcut that the browser keeps; `keys` is empty where none is set. */
export interface BrowserCommand {
  name: string;
  description: string;
  keys: string;
}

export interface ChatDeps {
  connect: Connect;
  /** Calls the listener for every notice until the returned function is called. */
  listen(listener: (notice: Notice) => void): () => void;
  surface: Surface;
  /** Starts the worker that searches what was said. */
  openSearch(): Channel;
  openOptions(): void;
  /** Must be called inside a user's gesture; absent where there is no panel to open. */
  openSidePanel?: (() => void) | undefined;
  /** Opens the chat in a tab of its own; absent where it is in one. */
  openTab?: () => void;
  closeSurface(): void;
  findCommands?(): Promise<BrowserCommand[]>;
  /** Where messages are noted before they are sent. */
  outbox: OutboxStore;
  /** Where what is written is kept until it is sent. */
  drafts: DraftStore;
  /** The tabs and their pages; loaded when they are first needed. */
  pages(): Promise<Pages>;
  /** The tab that is spoken about, where the view stays open while tabs change; started by its owner. */
  panelTab?: PanelTab;
  copyText(text: string): Promise<void>;
  newId(): string;
  /** Milliseconds since the epoch. */
  now(): number;
  wait(ms: number): Promise<void>;
}
