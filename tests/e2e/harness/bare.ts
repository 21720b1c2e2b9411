// Chromium without Playwright: nothing is attached to the extension's worker, so it lives and dies as a user's does.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetInfo } from './cdp.ts';
import { expectBrowser, expectBuild, extensionId } from './places.ts';
import { createProfile } from './profile.ts';
import { until, within } from './until.ts';

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
  close(): Promise<void>;
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

/** Launches headless Chromium with the extension; requests for `grant` are granted without a dialog. */
export async function launchBare({ grant }: { grant: string[] }): Promise<BareChromium> {
  const extension = expectBuild('chrome-mv3');
  const base = `chrome-extension://${extensionId(extension)}/`;
  const profile = createProfile({ extension, grant });
  const child = spawn(
    expectBrowser('CHROMIUM'),
    [
      '--headless=new',
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile.folder}`,
      `--load-extension=${extension}`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async () => {
    child.kill();
    await within(ended, 5000, 'Chromium ends').catch(() => child.kill('SIGKILL'));
    profile.remove();
  };
  try {
    const file = join(profile.folder, 'DevToolsActivePort');
    const lines = await until(
      'the DevTools port',
      () => {
        const read = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
        return read.length > 1 && read;
      },
      { limitMs: 15_000 },
    );
    const { send, close: hangUp } = await connect(`ws://127.0.0.1:${lines[0]}${lines[1]}`);
    const workerRuns = async () => {
      const { targetInfos } = await send<{ targetInfos: TargetInfo[] }>('Target.getTargets');
      return targetInfos.some((info) => info.type === 'service_worker' && info.url.startsWith(base));
    };
    await until('the worker starts', workerRuns);
    return {
      workerRuns,
      async openTab(name) {
        const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: base + name });
        return await attachTab(send, targetId, base + name);
      },
      async close() {
        hangUp();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
