// The choice of tabs whose pages go along with a question. Only those that may be read are to be seen; a site can be allowed.
import { type Signal, signal } from '@preact/signals';
import type { Pages, TabInfo } from '../context/page-types.ts';
import { permissionPattern } from '../settings/base-url.ts';
import { say } from '../words/say.ts';

export class TabChoice {
  /** Null until they are known. */
  readonly tabs: Signal<TabInfo[] | null> = signal(null);
  readonly note: Signal<string> = signal('');
  private pages: Pages | undefined;

  async load(pages: () => Promise<Pages>): Promise<void> {
    this.pages = await pages();
    this.tabs.value = await this.pages.list().catch(() => []);
  }

  /** Asks the user for a site. Must be called inside a click: nothing is awaited before the browser is asked. */
  async allow(site: string): Promise<void> {
    const pattern = patternOf(site);
    if (pattern === undefined || !this.pages) {
      this.note.value = say('siteUnknown');
      return;
    }
    const isAllowed = await this.pages.allow(pattern).catch(() => false);
    const before = this.tabs.peek()?.length ?? 0;
    this.tabs.value = await this.pages.list().catch(() => []);
    const isShown = this.tabs.value.length > before;
    this.note.value = isAllowed ? (isShown ? '' : say('siteHasNoTab')) : say('siteRefused');
  }
}

/** The match pattern of a site as people write it; undefined where it is none. */
export function patternOf(site: string): string | undefined {
  const typed = site.trim();
  const address = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(address)) return undefined;
  const { hostname, protocol } = new URL(address);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1';
  if (!isLocal && (!hostname.includes('.') || protocol !== 'https:')) return undefined;
  return permissionPattern(isLocal ? address.replace(/^https:/i, 'http:') : address);
}
