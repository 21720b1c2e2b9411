// Opening our own views.
import { browser } from './native.ts';

interface Panels {
  sidePanel?: { open(where: { windowId: number }): Promise<void> };
  sidebarAction?: { open(): Promise<void> };
}

/** Opens the side panel (sidebar in Firefox). Must be called in a gesture's handler, before any await. */
export async function openSidePanel(windowId: number): Promise<void> {
  const panels = browser as unknown as Panels;
  await (panels.sidePanel?.open({ windowId }) ?? panels.sidebarAction?.open());
}

/** Shows a view without a gesture: the side panel where the browser still counts the gesture, else the popup. */
export async function showAnyView(windowId: number | undefined): Promise<void> {
  try {
    if (windowId === undefined) throw new Error('no window');
    await openSidePanel(windowId);
  } catch {
    await browser.action.openPopup().catch(() => {});
  }
}

/** Opens the chat in a tab of its own, for reading; it shows the conversation that every new view shows. */
export async function openChatTab(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('/chat.html') });
}

/** Opens the options; after a complete Save they offer "Back", which leads to `fromTabId`. */
export async function openSetup(fromTabId: number | undefined): Promise<void> {
  const hash = fromTabId === undefined ? '#setup' : `#setup-${fromTabId}`;
  await browser.tabs.create({ url: browser.runtime.getURL(`/options.html${hash}`) });
}

/** The options, with the way back to the tab in front. */
export async function openSetupFromHere(): Promise<void> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  await openSetup(tab?.id);
}

/** Says on the toolbar button of one tab that nothing could be done there; gone when the tab navigates. */
export async function showCannotRun(tabId: number, why: string): Promise<void> {
  await browser.action.setBadgeText({ tabId, text: '–' });
  await browser.action.setTitle({ tabId, title: why });
}
