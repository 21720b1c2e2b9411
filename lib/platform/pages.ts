// Tabs and their pages, for our views: what the browser lets us see after a click on our button there, or of a site that was allowed.
import type { Pages, TabInfo } from '../context/page-types.ts';
import { takePage } from '../context/take-page.ts';
import { browser } from './native.ts';
import { requestHostPermission } from './permissions.ts';
import { infoOf } from './tab-info.ts';

export const tabPages: Pages = {
  async current() {
    const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
    return tab && infoOf(tab);
  },
  async list() {
    const tabs = await browser.tabs.query({ currentWindow: true });
    return tabs.map(infoOf).filter((tab) => tab !== undefined && /^https?:/.test(tab.url)) as TabInfo[];
  },
  async take(tabId) {
    const [injected] = await browser.scripting.executeScript({ target: { tabId }, func: takePage });
    if (!injected?.result) throw new Error('The page gave no answer.');
    return injected.result as Awaited<ReturnType<Pages['take']>>;
  },
  allow: requestHostPermission,
};
