// The user's gestures on a page, headless: the toolbar button really gives activeTab, then the menu's event is dispatched in the worker
// (a real menu cannot be opened headless; tests/e2e/gestures.spec.ts does it on a display).
import type { Runnel } from './launch.ts';
import { until, within } from './until.ts';

interface DispatchableEvent {
  dispatch(...values: unknown[]): void;
}
declare const chrome: {
  contextMenus: { onClicked: DispatchableEvent };
  commands: { onCommand: DispatchableEvent };
  scripting: { executeScript(script: object): Promise<{ frameId: number; result: string }[]> };
  tabs: { query(filter: object): Promise<{ id: number; url?: string; active: boolean }[]> };
};

type Shortcut = 'translate-selection' | 'toggle-original';
export type MenuItem = 'translate-selection' | 'show-original' | 'open-side-panel';

/** Chooses one of our context menu items on the tab in front. `selection` stands in for the page's own where it cannot be read. */
export async function chooseMenuItem(runnel: Runnel, item: MenuItem, selection?: string): Promise<void> {
  const { tab } = runnel;
  const selectionText = selection ?? (await tab.evaluate(() => String(getSelection())));
  await runnel.triggerAction();
  await until('the popup opens', () => runnel.isOpen('popup.html'));
  await chooseAgain(runnel, item, selectionText);
}

/** The same on a tab that had a gesture before: the menu's event alone. */
export async function chooseAgain(runnel: Runnel, item: MenuItem, selectionText: string): Promise<void> {
  const worker = await runnel.worker();
  const chosen = worker.evaluate(
    async ([menuItemId, text]) => {
      const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const info = { menuItemId, selectionText: text, pageUrl: active?.url, frameId: 0, editable: false };
      chrome.contextMenus.onClicked.dispatch(info, active);
    },
    [item, selectionText],
  );
  await within(chosen, 5000, `menu item ${item}`);
}

/** Presses the shortcut of one of our commands on the tab in front. */
export async function pressShortcut(runnel: Runnel, command: Shortcut): Promise<void> {
  await runnel.triggerAction();
  await until('the popup opens', () => runnel.isOpen('popup.html'));
  const worker = await runnel.worker();
  const pressed = worker.evaluate(async (name) => {
    const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.commands.onCommand.dispatch(name, active);
  }, command);
  await within(pressed, 5000, `shortcut ${command}`);
}

/** The same in the frame at `address`. */
export async function chooseMenuItemIn(runnel: Runnel, item: MenuItem, address: string): Promise<void> {
  await runnel.triggerAction();
  await until('the popup opens', () => runnel.isOpen('popup.html'));
  const worker = await runnel.worker();
  const chosen = worker.evaluate(
    async ([menuItemId, url]) => {
      const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      if (!active) throw new Error('no tab');
      const target = { tabId: active.id, allFrames: true };
      const frames = await chrome.scripting.executeScript({ target, func: () => location.href });
      const frameId = frames.find(({ result }) => result === url)?.frameId;
      chrome.contextMenus.onClicked.dispatch({ menuItemId, frameId, pageUrl: active.url }, active);
    },
    [item, address] as const,
  );
  await within(chosen, 5000, `menu item ${item}`);
}

/**
 * Chooses one of our items on the page of the tab, which the worker may script without a gesture in these tests: no popup opens, and the
 * page keeps the focus. Resolves with when it was chosen, epoch milliseconds.
 */
export async function chooseDirectly(runnel: Runnel, item: MenuItem): Promise<number> {
  const worker = await runnel.worker();
  const chosen = worker.evaluate(
    async ([menuItemId, url]) => {
      const tab = (await chrome.tabs.query({})).find((candidate) => candidate.url === url);
      const info = { menuItemId, selectionText: 'x'.repeat(9000), pageUrl: url, frameId: 0 };
      const at = performance.timeOrigin + performance.now();
      chrome.contextMenus.onClicked.dispatch(info, tab);
      return at;
    },
    [item, runnel.tab.url()],
  );
  return await within(chosen, 5000, `menu item ${item}`);
}

/** Goes through the translated blocks until all are in one of `states`. */
export async function waitForBlocks(runnel: Runnel, states: RegExp, limitMs = 20_000): Promise<string[]> {
  const blocks = runnel.tab.locator('[data-runnel]');
  return await until(
    `all blocks are ${states}`,
    async () => {
      const now = await blocks.evaluateAll((all) =>
        all.map((block) => block.getAttribute('data-runnel') ?? ''),
      );
      return now.length > 0 && now.every((state) => states.test(state)) && now;
    },
    { limitMs },
  );
}
