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
