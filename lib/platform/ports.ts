// The way of our own views to the worker.
import type { Channel } from '../protocol/channel.ts';
import { browser } from './native.ts';
import { portChannel } from './port-channel.ts';

/** Opens a channel to the worker; starts the worker if it sleeps. */
export function connectToWorker(): Channel {
  return portChannel(browser.runtime.connect({ name: 'runnel' }));
}
