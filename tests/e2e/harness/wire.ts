// Requests to the worker from an extension page, for what a test needs but does not test.
import type { Page } from '@playwright/test';
import type { Browser } from 'webextension-polyfill';
import type { Request, RequestType, Results, SettingsView } from '../../../lib/protocol/contract.ts';
import { within } from './until.ts';

// Native in Chromium, in the pages these functions are evaluated in.
declare const chrome: Browser;

/** Sends a request from `page` (a page of the extension) and returns what `done` carried. @throws Error with the trouble's code */
export async function askWorker<T extends RequestType>(
  page: Page,
  request: Extract<Request, { type: T }>,
): Promise<Results[T]> {
  const answer = page.evaluate((message) => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const port = chrome.runtime.connect({ name: 'runnel' });
    port.onMessage.addListener((message) => {
      const event = message as { type: string; value?: unknown; trouble?: { code: string } };
      if (event.type === 'done') resolve(event.value);
      if (event.type === 'error') reject(new Error(`worker answered ${event.trouble?.code}`));
    });
    port.onDisconnect.addListener(() => reject(new Error('port closed without an answer')));
    port.postMessage(message);
    return promise;
  }, request);
  return (await within(answer, 10_000, request.type)) as Results[T];
}

export interface Configuration {
  baseUrl: string;
  key?: string;
  model?: string;
  language?: string;
  timeouts?: Partial<SettingsView['settings']['timeouts']>;
  /** 0 unless asked for: most tests want the first failure on screen, not the fourth. */
  retries?: number;
  /** "ask" unless asked for, for the same reason. */
  continuing?: SettingsView['settings']['continuing'];
  /** Any other setting. */
  more?: Partial<SettingsView['settings']>;
}

/** Stores settings and key as Save does, without the form. `page` must be the options page. */
export async function storeConfiguration(page: Page, wanted: Configuration): Promise<void> {
  const { origin, hostname, protocol } = new URL(wanted.baseUrl);
  // Playwright evaluates as if in a user's gesture; the profile answers the request.
  const granted = await page.evaluate(
    (pattern) => chrome.permissions.request({ origins: [pattern] }),
    `${protocol}//${hostname}/*`,
  );
  if (!granted) throw new Error(`no permission for ${hostname}`);
  const { settings } = await askWorker<'settings'>(page, { type: 'settings' });
  if (wanted.key) await askWorker<'put-key'>(page, { type: 'put-key', origin, key: wanted.key });
  await askWorker<'save-settings'>(page, {
    type: 'save-settings',
    settings: {
      ...settings,
      preset: 'custom',
      baseUrl: wanted.baseUrl,
      model: wanted.model ?? 'scripted-small',
      targetLanguage: wanted.language ?? settings.targetLanguage,
      timeouts: { ...settings.timeouts, ...wanted.timeouts },
      retries: wanted.retries ?? 0,
      continuing: wanted.continuing ?? 'ask',
      ...wanted.more,
    },
  });
}
