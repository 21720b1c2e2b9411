// Headless Firefox with the built extension, its toolbar button pinned and driven by real widget events.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Marionette } from './marionette.ts';
import { expectBrowser, expectBuild } from './places.ts';
import { until, within } from './until.ts';

const ADDON_ID = 'runnel@runnel.invalid';
const UUID = '2b1f5a3e-6c0d-4b7e-9f58-0d1c2e3f4a5b';
/** Firefox names its widgets by the add-on's id with everything odd replaced. */
export const WIDGET = ADDON_ID.replace(/[^a-z0-9_-]/gi, '_');

export interface Firefox {
  driver: Marionette;
  url(file: string): string;
  /** Opens a page of the extension in a tab, which `driver` then speaks to. */
  openTab(file: string): Promise<void>;
  /** Closes the tab that `openTab` opened; `driver` speaks to the first one again. */
  closeTab(): Promise<void>;
  /** Whether the event page, which is Firefox's worker, is loaded. Asking does not touch it. */
  eventPageRuns(): Promise<boolean>;
  close(): Promise<void>;
}

const preferences = {
  'marionette.port': 0,
  // The address of an add-on is a random one unless it is set before.
  'extensions.webextensions.uuids': JSON.stringify({ [ADDON_ID]: UUID }),
  // Nobody is there to answer the permission dialog.
  'extensions.webextOptionalPermissionPrompts': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,x',
  'browser.safebrowsing.downloads.enabled': false,
};

function createFirefoxProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-firefox-'));
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(folder, 'user.js'), lines.join('\n'));
  return folder;
}

export async function launchFirefox(extension = expectBuild('firefox-mv3')): Promise<Firefox> {
  const profile = createFirefoxProfile();
  const child = spawn(
    expectBrowser('FIREFOX'),
    ['--marionette', '--remote-allow-system-access', '--no-remote', '--headless', '--profile', profile],
    { stdio: 'ignore', env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1' } },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let driver: Marionette | undefined;
  const close = async () => {
    await driver?.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {});
    driver?.close();
    await within(ended, 5000, 'Firefox ends').catch(() => child.kill('SIGKILL'));
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const file = join(profile, 'MarionetteActivePort');
    const port = await until('Firefox', () => existsSync(file) && Number(readFileSync(file, 'utf8')), {
      limitMs: 30_000,
    });
    const marionette = await until('Marionette', () => Marionette.connect(port), { limitMs: 10_000 });
    driver = marionette;
    await marionette.send('WebDriver:NewSession', { capabilities: {} });
    await marionette.send('WebDriver:SetTimeouts', { pageLoad: 10_000, script: 10_000 });
    await marionette.send('Addon:Install', { path: extension, temporary: true });
    const pin = `CustomizableUI.addWidgetToArea(arguments[0] + '-browser-action', 'nav-bar')`;
    await marionette.runInBrowser(`${pin};`, WIDGET);
    return { ...tabs(marionette), driver: marionette, eventPageRuns: () => eventPageRuns(marionette), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function tabs(driver: Marionette): Pick<Firefox, 'url' | 'openTab' | 'closeTab'> {
  const url = (file: string) => `moz-extension://${UUID}/${file}`;
  let first: unknown;
  return {
    url,
    async openTab(file) {
      first ??= (await driver.send('WebDriver:GetWindowHandle')).value;
      const { handle } = (await driver.send('WebDriver:NewWindow', { type: 'tab', focus: true })) as {
        handle: string;
      };
      await driver.send('WebDriver:SwitchToWindow', { handle });
      await driver.goto(url(file));
    },
    async closeTab() {
      await driver.send('WebDriver:CloseWindow');
      await driver.send('WebDriver:SwitchToWindow', { handle: first });
    },
  };
}

function eventPageRuns(driver: Marionette): Promise<boolean> {
  return driver.runInBrowser<boolean>(
    "return WebExtensionPolicy.getByID(arguments[0]).extension.backgroundState === 'running';",
    ADDON_ID,
  );
}

/** Fills the options form and saves it, with real typing. */
export async function configureFirefox(
  { driver, url }: Firefox,
  fields: { baseUrl: string; key: string; model: string },
): Promise<void> {
  await driver.goto(url('options.html'));
  const field = (name: string) => `const wanted = '${name}';
    const labels = [...document.querySelectorAll('label')].filter((label) => label.textContent.trim().startsWith(wanted));
    const found = labels[0]?.control ?? document.querySelector('[aria-label="' + wanted + '"]');
    if (!found) return null;
    if (!found.id) found.id = 'test-' + Math.random().toString(36).slice(2);
    return '#' + CSS.escape(found.id);`;
  for (const [name, text] of [
    ['Base URL', fields.baseUrl],
    ['API key', fields.key],
    ['Model', fields.model],
  ] as const) {
    const css = await until(`the field ${name}`, () => driver.run<string | null>(field(name)));
    const id = await driver.element(css);
    await driver.send('WebDriver:ElementClear', { id });
    await driver.send('WebDriver:ElementSendKeys', { id, text });
  }
  const save = await driver.run<string>(
    `const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Save');
     button.id ||= 'test-save';
     return '#' + CSS.escape(button.id);`,
  );
  await driver.click(save);
  await until('the settings are saved', () =>
    driver.run<boolean>(
      "return [...document.querySelectorAll('[role=status], output')].some((status) => /saved|stored|ready/i.test(status.textContent));",
    ),
  );
}

/** Runs a body inside the content of a `<browser>` element of Firefox's window, which the expression `frame` finds; `content` is its window. */
export async function runInFrame<T>(driver: Marionette, frame: string, body: string): Promise<T> {
  const wrapped = `(() => { let answer; try { answer = { value: (function () { ${body} })() }; }
    catch (error) { answer = { error: String(error) }; } sendAsyncMessage(NAME, answer); })()`;
  return await driver.runInBrowser<T>(
    `const [script] = arguments;
     const browser = ${frame};
     if (!browser) throw new Error('not open');
     const manager = browser.messageManager;
     const name = 'runnel-test-' + Math.random();
     return await new Promise((resolve, reject) => {
       // A popup changes its process while it opens, and forgets what it was told before.
       setTimeout(() => reject(new Error('no answer')), 1000);
       manager.addMessageListener(name, function listener({ data }) {
         manager.removeMessageListener(name, listener);
         data.error ? reject(new Error(data.error)) : resolve(data.value);
       });
       manager.loadFrameScript('data:,' + encodeURIComponent(script.replace('NAME', JSON.stringify(name))), false);
     });`,
    wrapped,
  );
}

export const POPUP_FRAME = "document.querySelector('browser.webextension-popup-browser')";
export const SIDEBAR_FRAME =
  "document.getElementById('sidebar').contentDocument.getElementById('webext-panels-browser')";
