// What is known of tabs and their pages. Types only.

/** A page as it was found: what is in sight of it, as HTML that nothing has interpreted yet. */
export interface TakenPage {
  title: string;
  url: string;
  contentType: string;
  /** A document of its own, with elements that are not shown left out; never to be put into a page. */
  html: string;
  /** There was more of it than is ever read. */
  isCut: boolean;
}

export interface TabInfo {
  id: number;
  title: string;
  url: string;
  /** The site's icon as a data URL, which alone our pages may show; absent for others. */
  icon?: string;
}

/** What is in a tab; `closed`: the browser lets no script in. */
export type PageKind = 'text' | 'pdf' | 'media' | 'closed';

/** Something is another in the tabs of a window: in one of them, or, where none is named, in which one is in front or what may be seen. */
export interface TabChange {
  tabId?: number;
  /** The tab goes on under this id. */
  replacedBy?: number;
}

/** The tabs of the window that a view is in. */
export interface WindowTabs {
  /** The tab in front; its title and address are empty where they are not to be seen. */
  front(): Promise<TabInfo | undefined>;
  /** Any tab; undefined where it is closed. */
  find(tabId: number): Promise<TabInfo | undefined>;
  /** Undefined where the page does not answer in time. */
  look(tabId: number): Promise<PageKind | undefined>;
  /** Brings a tab to the front. */
  show(tabId: number): Promise<void>;
  /** The tab that the view of this window stays with, until the browser closes. */
  readStayed(): Promise<number | undefined>;
  writeStayed(tabId: number | undefined): Promise<void>;
  /** Calls the listener until the returned function is called. */
  onChange(listener: (change: TabChange) => void): () => void;
}

/** The tabs, as far as the browser lets us see them. */
export interface Pages {
  /** The tab in front; its title and address are empty where they are not to be seen. */
  current(): Promise<TabInfo | undefined>;
  /** The tabs of this window that may be read. */
  list(): Promise<TabInfo[]>;
  /** Rejects where the browser refuses. */
  take(tabId: number): Promise<TakenPage>;
  /** Asks the user for one site, given as a match pattern. Must be called inside a gesture. */
  allow(pattern: string): Promise<boolean>;
}
