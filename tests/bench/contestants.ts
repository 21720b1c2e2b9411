// Who translates a page in a bench: the built extension, and the bare writer that it is measured against, each in a browser of its own.
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page, type Worker } from '@playwright/test';
import { chooseDirectly } from '../e2e/harness/gesture.ts';
import { inTab } from '../e2e/harness/in-page.ts';
import { launchRunnel, type Runnel } from '../e2e/harness/launch.ts';
import { expectBrowser } from '../e2e/harness/places.ts';
import { createProfile } from '../e2e/harness/profile.ts';
import type { Provider } from '../provider/server.ts';

export interface Contestant {
  name: string;
  context: BrowserContext;
  /** Translates what is selected in the tab; resolves with when it was asked to, epoch milliseconds. */
  translate(tab: Page): Promise<number>;
  close(): Promise<void>;
}

export interface RunnelContestant extends Contestant {
  runnel: Runnel;
  restore(tab: Page): Promise<void>;
}

export async function openRunnel(provider: Provider): Promise<RunnelContestant> {
  const runnel = await launchRunnel();
  // So long a selection as ours is asked about first otherwise.
  const more = { confirmAbove: 0 };
  await runnel.configure({ baseUrl: provider.url, key: 'sk-bench-key', language: 'es', more });
  return {
    name: 'Runnel',
    runnel,
    context: runnel.context,
    translate: (tab) => chooseDirectly(inTab(runnel, tab), 'translate-selection'),
    restore: async (tab) => void (await chooseDirectly(inTab(runnel, tab), 'show-original')),
    close: runnel.close,
  };
}

// In the bare writer's worker, in which these functions are evaluated.
declare const chrome: { tabs: { query(filter: object): Promise<{ id: number; url?: string }[]> } };
declare function translate(tabId: number, url: string): Promise<unknown>;
declare function streamFrom(url: string): void;

export interface BareWriter extends Contestant {
  /** A page of its own that streams an answer when it is told to. */
  openStream(): Promise<Page>;
}

export async function openBareWriter(provider: Provider): Promise<BareWriter> {
  const extension = fileURLToPath(new URL('bare-writer', import.meta.url));
  const profile = createProfile({ extension, grant: [] });
  const context = await chromium.launchPersistentContext(profile.folder, {
    executablePath: expectBrowser('CHROMIUM'),
    headless: true,
    args: [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return {
    name: 'bare writer',
    context,
    translate: (tab) => startBareWriter(worker, tab.url(), `${provider.url}/chat/completions`),
    async openStream() {
      const page = await context.newPage();
      await page.goto(new URL('stream.html', worker.url()).href);
      await worker.evaluate((chatUrl) => streamFrom(chatUrl), `${provider.url}/chat/completions`);
      return page;
    },
    async close() {
      await context.close();
      profile.remove();
    },
  };
}

function startBareWriter(worker: Worker, pageUrl: string, chatUrl: string): Promise<number> {
  return worker.evaluate(
    async ([page, chat]) => {
      const tab = (await chrome.tabs.query({})).find(({ url }) => url === page);
      if (!tab) throw new Error('the page has no tab');
      const at = performance.timeOrigin + performance.now();
      void translate(tab.id, chat ?? '');
      return at;
    },
    [pageUrl, chatUrl],
  );
}
