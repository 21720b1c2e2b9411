import { defineBackground } from 'wxt/utils/define-background';
import { createMenus, forgetTranslatedPages, nameMenus } from '../../lib/platform/menus.ts';
import { browser } from '../../lib/platform/native.ts';
import { portChannel } from '../../lib/platform/port-channel.ts';
import { closeStorageToPages } from '../../lib/platform/storage.ts';
import { updateWhen } from '../../lib/platform/updates.ts';
import { serve } from '../../lib/protocol/server.ts';
import { chatDeps, running } from './dependencies.ts';
import { onCommand, onMenu } from './gestures.ts';
import { handlers } from './handlers.ts';

/** An answer that takes longer than this is cut by a waiting update. */
const UPDATE_WAITS_MS = 10 * 60_000;

// Every listener is registered here, synchronously: an event that starts the worker is only delivered to these.
export default defineBackground({
  type: 'module',
  main() {
    // The browser keeps a record of every request, with its address, for nobody here to read.
    performance.setResourceTimingBufferSize(0);
    const self = { id: browser.runtime.id, origin: new URL(browser.runtime.getURL('/')).origin };
    browser.runtime.onConnect.addListener((port) => {
      const { sender } = port;
      const { documentId, origin } = (sender ?? {}) as { documentId?: string; origin?: string };
      const stamped = {
        id: sender?.id,
        origin,
        tabId: sender?.tab?.id,
        frameId: sender?.frameId,
        documentId,
        url: sender?.url,
        tabUrl: sender?.tab?.url,
      };
      serve(portChannel(port), stamped, self, handlers);
    });
    browser.contextMenus.onClicked.addListener(onMenu);
    browser.commands.onCommand.addListener(onCommand);
    browser.runtime.onInstalled.addListener(createMenus);
    browser.runtime.onStartup.addListener(forgetTranslatedPages);
    // An update ends the worker: it waits for the answers that are being written.
    updateWhen(() => running.idle(chatDeps.clock, UPDATE_WAITS_MS));
    void closeStorageToPages();
    void nameMenus();
  },
});
