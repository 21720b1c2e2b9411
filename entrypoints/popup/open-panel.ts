// Opening the panel from the popup. Both browsers want the call inside the click itself: nothing may be awaited before it.
import { browser } from '../../lib/platform/native.ts';

/** Not in the polyfill's types: Chromium's panel. */
interface SidePanelApi {
  sidePanel?: { open(options: { windowId: number }): Promise<void> };
}

/** The opener for this browser; `onOpen` is called when the panel is on its way. Undefined where there is no panel. */
export function createPanelOpener(onOpen: () => void): (() => void) | undefined {
  const { sidePanel } = browser as typeof browser & SidePanelApi;
  if (sidePanel) {
    let windowId: number | undefined;
    void browser.windows.getCurrent().then((current) => {
      windowId = current.id;
    });
    return () => {
      if (windowId !== undefined) sidePanel.open({ windowId }).then(onOpen, stay);
    };
  }
  const sidebar = browser.sidebarAction as typeof browser.sidebarAction | undefined;
  return sidebar && (() => void sidebar.open().then(onOpen, stay));
}

/** A browser that refuses leaves the popup as it is: the chat goes on there. */
function stay(): void {}
