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

export async function launchFirefox(): Promise<Firefox> {
  const extension = expectBuild('firefox-mv3');
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
    driver = await until('Marionette', () => Marionette.connect(port), { limitMs: 10_000 });
    await driver.send('WebDriver:NewSession', { capabilities: {} });
    await driver.send('WebDriver:SetTimeouts', { pageLoad: 10_000, script: 10_000 });
    await driver.send('Addon:Install', { path: extension, temporary: true });
    const pin = `CustomizableUI.addWidgetToArea(arguments[0] + '-browser-action', 'nav-bar')`;
    await driver.runInBrowser(`${pin};`, WIDGET);
    return { driver, url: (name) => `moz-extension://${UUID}/${name}`, close };
  } catch (error) {
    await close();
    throw error;
  }
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
