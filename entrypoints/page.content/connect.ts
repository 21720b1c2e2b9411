// The page script's way to the worker.
import { browser } from 'wxt/browser';
import { portChannel } from '../../lib/platform/port-channel.ts';
import type { Channel } from '../../lib/protocol/channel.ts';

/** False once the extension was updated or removed under the page: the browser then takes the id away. */
export function isExtensionAlive(): boolean {
  return browser?.runtime?.id !== undefined;
}

/** Opens a channel to the worker, which it wakes; throws where the extension is gone. */
export function connectFromPage(): Channel {
  return portChannel(browser.runtime.connect({ name: 'runnel' }));
}
