// Chromium without Playwright: nothing is attached to the extension's worker, so it lives and dies as a user's does.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetInfo } from './cdp.ts';
import { expectBrowser, expectBuild, extensionId } from './places.ts';
import { createProfile, type Profile } from './profile.ts';
import { until, within } from './until.ts';

const PORT_FILE = 'DevToolsActivePort';

export interface BareTab {
  /** Evaluates an expression (promises are awaited) as if in a user's gesture. */
  evaluate<T>(expression: string): Promise<T>;
  /** Stops watching; the tab stays. */
  detach(): Promise<void>;
  close(): Promise<void>;
}

export interface BareChromium {
  /** Opens a page of the extension in a tab. */
  openTab(file: string): Promise<BareTab>;
  /** Asks for the list of targets only; that attaches to nothing. */
  workerRuns(): Promise<boolean>;
  /** Quits as a user does; a profile that was handed in stays. */
  close(): Promise<void>;
  /** Ends every process of the browser at once, as a crash or a power cut does. */
  kill(): Promise<void>;
}

export interface BareOptions {
  /** Match patterns whose request is granted without a dialog. */
  grant: string[];
  /** A profile of an earlier launch; whoever made it removes it. A fresh one otherwise. */
  profile?: Profile;
}

type Send = <T>(method: string, params?: object, sessionId?: string) => Promise<T>;

async function connect(address: string): Promise<{ send: Send; close(): void }> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (message: { result?: unknown; error?: { message: string } }) => void>();
  let last = 0;
  socket.addEventListener('message', (event) => {
    const message = JSON.parse(String(event.data)) as {
      id?: number;
      result?: unknown;
      error?: { message: string };
    };
    if (message.id === undefined) return;
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  await within(
    new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error('the DevTools socket failed')));
    }),
    5000,
    'the DevTools socket',
  );
  const send: Send = (method, params = {}, sessionId) => {
    last += 1;
    const id = last;
    const answer = new Promise<never>((resolve, reject) => {
      waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result as never),
      );
    });
    socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    return within(answer, 10_000, method);
  };
  return { send, close: () => socket.close() };
}

async function attachTab(send: Send, targetId: string, url: string): Promise<BareTab> {
  const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  const evaluate = async <T>(expression: string): Promise<T> => {
    const params = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await send<{
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>('Runtime.evaluate', params, sessionId);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  // A new tab shows an empty document first.
  const loaded = `location.href.startsWith('${url}') && document.readyState === 'complete'`;
  await until('the page loads', () => evaluate<boolean>(loaded));
  return {
    evaluate,
    detach: async () => {
      await send('Target.detachFromTarget', { sessionId });
    },
    close: async () => {
      await send('Target.closeTarget', { targetId });
    },
  };
}

/** Launches headless Chromium with the extension. */
export async function launchBare({ grant, profile: kept }: BareOptions): Promise<BareChromium> {
  const extension = expectBuild('chrome-mv3');
  const base = `chrome-extension://${extensionId(extension)}/`;
  const profile = kept ?? createProfile({ extension, grant });
  const started = start(extension, profile.folder);
  const clean = () => {
    if (!kept) profile.remove();
  };
  try {
    const { send, close: hangUp } = await connect(await readAddress(profile.folder));
    const workerRuns = async () => {
      const { targetInfos } = await send<{ targetInfos: TargetInfo[] }>('Target.getTargets');
      return targetInfos.some((info) => info.type === 'service_worker' && info.url.startsWith(base));
    };
    await until('the worker starts', workerRuns, { limitMs: 15_000 });
    return {
      workerRuns,
      async openTab(name) {
        const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: base + name });
        return await attachTab(send, targetId, base + name);
      },
      async close() {
        // The socket closes before the answer comes, or after it.
        await within(send('Browser.close'), 2000, 'Browser.close').catch(() => {});
        hangUp();
        await started.end();
        clean();
      },
      async kill() {
        hangUp();
        await started.kill();
        clean();
      },
    };
  } catch (error) {
    await started.kill();
    clean();
    throw error;
  }
}

interface Started {
  end(): Promise<void>;
  kill(): Promise<void>;
}

function start(extension: string, folder: string): Started {
  // The port of an earlier run would be taken for this one's.
  rmSync(join(folder, PORT_FILE), { force: true });
  const child = spawn(
    expectBrowser('CHROMIUM'),
    [
      '--headless=new',
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      `--load-extension=${extension}`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      'about:blank',
    ],
    // A group of its own, so that one signal reaches every process of the browser.
    { stdio: 'ignore', detached: true },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // Nothing of it is left.
    }
  };
  const forget = () => process.off('exit', killAll);
  const killAll = () => signal('SIGKILL');
  // It would outlive a test run that is interrupted.
  process.once('exit', killAll);
  return {
    async end() {
      await within(ended, 8000, 'Chromium ends').catch(killAll);
      await within(ended, 5000, 'Chromium ends');
      forget();
    },
    async kill() {
      killAll();
      await within(ended, 5000, 'Chromium ends');
      forget();
    },
  };
}

async function readAddress(folder: string): Promise<string> {
  const file = join(folder, PORT_FILE);
  const [port, path] = await until(
    'the DevTools port',
    () => {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      return lines.length > 1 && lines;
    },
    { limitMs: 20_000 },
  );
  return `ws://127.0.0.1:${port}${path}`;
}
