// The tabs of the window that a view of ours is in. Without the permission for it the browser tells which tab is in front, and no more of
// it than a gesture there, or a site that was allowed, lets us see.
import type { PageKind, TabChange, WindowTabs } from '../context/page-types.ts';
import { browser } from './native.ts';
import { listenToNotices } from './notices.ts';
import { forgetSession, readSession, writeSession } from './storage.ts';
import { infoOf } from './tab-info.ts';

/** A page that is busy or shows a dialog of its own does not answer before it is done. */
const LOOK_MS = 1500;

export function createWindowTabs(): WindowTabs {
  const here = browser.windows.getCurrent().then(({ id }) => id);
  const stayedKey = async () => `panel-tab-${await here}`;
  return {
    async front() {
      const windowId = await here;
      const [tab] = await browser.tabs.query({
        active: true,
        ...(windowId === undefined ? {} : { windowId }),
      });
      return tab && infoOf(tab);
    },
    find: (tabId) => browser.tabs.get(tabId).then(infoOf, () => undefined),
    look: (tabId) => Promise.race([kindOf(tabId), new Promise<undefined>(afterLook)]),
    async show(tabId) {
      const { windowId } = await browser.tabs.update(tabId, { active: true });
      if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
    },
    async readStayed() {
      const stayed = await readSession(await stayedKey());
      return typeof stayed === 'number' ? stayed : undefined;
    },
    async writeStayed(tabId) {
      const key = await stayedKey();
      await (tabId === undefined ? forgetSession(key) : writeSession(key, tabId));
    },
    onChange: (listener) => listen(listener, here),
  };
}

function afterLook(resolve: (none: undefined) => void): void {
  setTimeout(() => resolve(undefined), LOOK_MS);
}

async function kindOf(tabId: number): Promise<PageKind> {
  try {
    const [injected] = await browser.scripting.executeScript({
      target: { tabId },
      func: () => document.contentType,
      injectImmediately: true,
    });
    const type = String(injected?.result);
    if (/pdf/i.test(type)) return 'pdf';
    return /^(image|video|audio)\//.test(type) ? 'media' : 'text';
  } catch {
    return 'closed';
  }
}

function listen(listener: (change: TabChange) => void, here: Promise<number | undefined>): () => void {
  const { tabs, permissions } = browser;
  const onAny = () => listener({});
  const onActivated = async ({ windowId }: { windowId: number }) => {
    if (windowId === (await here)) listener({});
  };
  const onTab = (tabId: number) => listener({ tabId });
  const onReplaced = (added: number, tabId: number) => listener({ tabId, replacedBy: added });
  tabs.onActivated.addListener(onActivated);
  tabs.onUpdated.addListener(onTab);
  tabs.onRemoved.addListener(onTab);
  tabs.onReplaced.addListener(onReplaced);
  permissions.onAdded.addListener(onAny);
  permissions.onRemoved.addListener(onAny);
  addEventListener('focus', onAny);
  const stopNotices = listenToNotices(({ type }) => {
    if (type === 'page-allowed') listener({});
  });
  return () => {
    tabs.onActivated.removeListener(onActivated);
    tabs.onUpdated.removeListener(onTab);
    tabs.onRemoved.removeListener(onTab);
    tabs.onReplaced.removeListener(onReplaced);
    permissions.onAdded.removeListener(onAny);
    permissions.onRemoved.removeListener(onAny);
    removeEventListener('focus', onAny);
    stopNotices();
  };
}
