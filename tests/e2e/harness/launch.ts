// Chromium with the built extension, headless or on a display, driven by Playwright.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page, type Worker } from '@playwright/test';
import { command, findTargets } from './cdp.ts';
import { copyInWords } from './in-words.ts';
import { expectBrowser, expectBuild, extensionId } from './places.ts';
import { createProfile } from './profile.ts';
import { openSurface, type Surface } from './surfaces.ts';
import { collectTraces, collectWorkerErrors, type Traces } from './troubles.ts';
import { until, within } from './until.ts';
import { type Configuration, storeConfiguration } from './wire.ts';

export const LOOPBACK_PATTERN = 'http://127.0.0.1/*';

export interface LaunchOptions {
  /** Environment with a DISPLAY; without it the browser is headless. */
  display?: NodeJS.ProcessEnv;
  /** Match patterns whose request is granted without a dialog. */
  grant?: string[];
  /** The language of our words, as a folder of public/_locales; English without. */
  words?: string;
  /** More command line switches. */
  args?: string[];
  /** Names of switches to leave out, Playwright's or ours: `--disable-back-forward-cache`. */
  without?: string[];
}

export interface Runnel extends Traces {
  id: string;
  context: BrowserContext;
  /** The first tab. */
  tab: Page;
  /** Session of the browser itself. */
  browser: CDPSession;
  worker(): Promise<Worker>;
  url(file: string): string;
  /** A page of ours as an ordinary tab. */
  openTab(file: 'options.html' | 'popup.html' | 'sidepanel.html' | 'chat.html'): Promise<Page>;
  configure(configuration: Configuration): Promise<void>;
  /** What a click on the toolbar button does, activeTab included; resolves when our popup can be driven. */
  openPopup(tab?: Page): Promise<Surface>;
  /** Attaches to the popup after something has opened it. */
  attachPopup(): Promise<Surface>;
  attachPanel(): Promise<Surface>;
  /** Opens the side panel by the popup's own button. */
  openPanel(tab?: Page): Promise<Surface>;
  /** Presses the toolbar button without waiting for the popup. */
  triggerAction(tab?: Page): Promise<void>;
  isOpen(file: string): Promise<boolean>;
  /** Ends the worker as a crash would, mid-stream too. Through `view`, a page of ours, or else a tab opened for it, which closes a popup. */
  stopWorker(view?: Page): Promise<void>;
  workerRuns(): Promise<boolean>;
  close(): Promise<void>;
}

function switches(extension: string, headed: boolean): string[] {
  return [
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    '--remote-debugging-port=0',
    // No name is looked up off this machine; `--test-type` hides the yellow bar that would say so.
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ...(headed ? ['--test-type', '--window-position=0,0', '--window-size=1280,800'] : []),
  ];
}

async function readEndpoint(profile: string): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  const port = await until(
    'the DevTools port',
    () => existsSync(file) && readFileSync(file, 'utf8').split('\n')[0],
  );
  return `http://127.0.0.1:${port}`;
}

/** Launches Chromium with the extension in a fresh profile. `close` ends it and removes the profile. */
export async function launchRunnel(options: LaunchOptions = {}): Promise<Runnel> {
  const copy = options.words === undefined ? undefined : copyInWords(options.words);
  const extension = copy?.folder ?? expectBuild('chrome-mv3');
  const id = extensionId(extension);
  const profile = createProfile({ extension, grant: options.grant ?? [LOOPBACK_PATTERN] });
  const headed = options.display !== undefined;
  const context = await chromium
    .launchPersistentContext(profile.folder, {
      executablePath: expectBrowser('CHROMIUM'),
      headless: !headed,
      // Playwright's own handlers end the process before a profile is removed.
      handleSIGINT: false,
      handleSIGTERM: false,
      ...(options.display ? { env: stringsOnly(options.display), viewport: null } : {}),
      ignoreDefaultArgs: options.without ?? [],
      args: [
        ...switches(extension, headed).filter((name) => !options.without?.includes(name.replace(/=.*/, ''))),
        ...(options.args ?? []),
      ],
    })
    .catch((error: unknown) => {
      profile.remove();
      copy?.remove();
      throw error;
    });
  const close = async () => {
    await within(context.close(), 10_000, 'closing Chromium').catch(() => {});
    profile.remove();
    copy?.remove();
  };
  try {
    const endpoint = await readEndpoint(profile.folder);
    return { ...(await connect(context, id, endpoint)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function stringsOnly(env: NodeJS.ProcessEnv): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function connect(
  context: BrowserContext,
  id: string,
  endpoint: string,
): Promise<Omit<Runnel, 'close'>> {
  const traces = collectTraces(context);
  const worker = async () =>
    context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 10_000 }));
  await worker();
  const tab = context.pages()[0] ?? (await context.newPage());
  const host = context.browser();
  if (!host) throw new Error('a persistent context without a browser');
  const browser = await host.newBrowserCDPSession();
  const url = (file: string) => `chrome-extension://${id}/${file}`;
  await collectWorkerErrors(browser, url(''), traces);
  const openTab: Runnel['openTab'] = async (file) => {
    const page = await context.newPage();
    await page.goto(url(file));
    return page;
  };
  const triggerAction: Runnel['triggerAction'] = async (page = tab) => {
    await page.bringToFront();
    // A tab that shows a page's source has the page's own address for Playwright.
    const isShown = ({ url }: { url: string }) => url.replace(/^view-source:/, '') === page.url();
    const target = (await findTargets(browser, 'tab')).find(isShown);
    if (!target) throw new Error(`no tab at ${page.url()}`);
    await command(browser, 'Extensions.triggerAction', { id, targetId: target.targetId });
  };
  const isOpen: Runnel['isOpen'] = async (file) =>
    (await findTargets(browser)).some((info) => info.url.startsWith(url(file)));
  const attachPopup = () => openSurface({ browser, endpoint, url: url('popup.html') });
  const attachPanel = () => openSurface({ browser, endpoint, url: url('sidepanel.html') });
  const findWorker = async () =>
    (await findTargets(browser)).find(
      (info) => info.type === 'service_worker' && info.url.startsWith(url('')),
    );
  const openPopup: Runnel['openPopup'] = async (page) => {
    await triggerAction(page);
    return await attachPopup();
  };
  return {
    id,
    context,
    tab,
    browser,
    ...traces,
    worker,
    url,
    openTab,
    openPopup,
    attachPopup,
    attachPanel,
    triggerAction,
    isOpen,
    async openPanel(page) {
      const popup = await openPopup(page);
      // The popup closes under the click, which then has nobody to answer to.
      await popup.page
        .getByRole('button', { name: 'Open side panel' })
        .click()
        .catch(() => {});
      const panel = await attachPanel();
      await popup.close();
      return panel;
    },
    async configure(configuration) {
      const page = await openTab('options.html');
      await storeConfiguration(page, configuration);
      await page.close();
      await tab.bringToFront();
    },
    async stopWorker(view) {
      const page = view ?? (await openTab('options.html'));
      const session = await page.context().newCDPSession(page);
      await command(session, 'ServiceWorker.enable');
      await command(session, 'ServiceWorker.stopAllWorkers');
      await (view ? session.detach() : page.close());
    },
    workerRuns: async () => (await findWorker()) !== undefined,
  };
}
