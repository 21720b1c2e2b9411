import { browser } from '../../lib/platform/native.ts';

/**
 * The way back to where a first-run set-up began, from the address `#setup` or `#setup-<tab id>`: closes this tab, and shows the
 * named one. Undefined where the page was opened for its own sake.
 */
export function findWayBack(hash: string): (() => void) | undefined {
  const match = /^#setup(?:-(\d+))?$/.exec(hash);
  if (!match) return undefined;
  const tabId = match[1] === undefined ? undefined : Number(match[1]);
  return () => void goBack(tabId);
}

async function goBack(tabId: number | undefined): Promise<void> {
  const own = await browser.tabs.getCurrent();
  // The other tab may have been closed meanwhile; then the browser chooses what to show.
  if (tabId !== undefined) await browser.tabs.update(tabId, { active: true }).catch(() => {});
  if (own?.id !== undefined) await browser.tabs.remove(own.id);
}
