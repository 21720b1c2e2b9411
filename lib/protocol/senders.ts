// Who opened a port, from what the browser stamped on it; never from a message, and never from the sender's URL.

/** The browser-stamped fields of a sender that count. */
export interface Sender {
  id: string | undefined;
  origin: string | undefined;
  tabId: number | undefined;
  frameId: number | undefined;
  documentId: string | undefined;
  /** The document's URL: to know where a page can be restored, never to decide what it may do. */
  url: string | undefined;
  /** The URL of the tab's top document, where the browser tells; for the same. */
  tabUrl: string | undefined;
}

/**
 * page: popup, side panel, options. embedded-frame: a page of ours inside a frame, where a hostile page may have put it.
 * content-top, content-sub: our page script in a tab's top document or in one of its frames. other: not ours.
 */
export type SenderClass = 'page' | 'embedded-frame' | 'content-top' | 'content-sub' | 'other';

/** A content script's origin is that of the page it runs in ("null" in a sandbox), measured in Chromium 156. */
export function classifySender(sender: Sender, self: { id: string; origin: string }): SenderClass {
  if (sender.id !== self.id) return 'other';
  if (sender.origin === self.origin) {
    return sender.tabId === undefined || sender.frameId === 0 ? 'page' : 'embedded-frame';
  }
  if (sender.tabId === undefined || sender.origin === undefined) return 'other';
  return sender.frameId === 0 ? 'content-top' : 'content-sub';
}
