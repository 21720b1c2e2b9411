// The extension in a browser without debugger: configured, spoken to, and left alone.
import { type BareChromium, type BareTab, launchBare } from './bare.ts';
import { CANARY, chatRequests, type Provider } from './fixtures.ts';
import { LOOPBACK_PATTERN } from './launch.ts';
import type { Profile } from './profile.ts';
import { until } from './until.ts';
import { HAS_MESSAGE_BOX, LAST_REPLY, type SeenReply, sending } from './views.ts';

type Settings = { retries?: number; continuing?: 'automatic' | 'ask' | 'never' };

/** Stores settings and key over the wire. */
export async function configureBare(
  bare: BareChromium,
  baseUrl: string,
  settings: Settings = {},
): Promise<void> {
  const options = await bare.openTab('options.html');
  await options.evaluate(configuring(baseUrl, settings));
  await options.close();
}

function configuring(baseUrl: string, settings: Settings): string {
  const { origin } = new URL(baseUrl);
  const changed = { preset: 'custom', baseUrl, model: 'scripted-small', ...settings };
  return `(async () => {
    const ask = (request) => new Promise((resolve, reject) => {
      const port = chrome.runtime.connect({ name: 'runnel' });
      port.onMessage.addListener((event) => {
        if (event.type === 'done') resolve(event.value);
        if (event.type === 'error') reject(new Error(event.trouble.code));
      });
      port.onDisconnect.addListener(() => reject(new Error('closed')));
      port.postMessage(request);
    });
    if (!await chrome.permissions.request({ origins: ['${LOOPBACK_PATTERN}'] })) throw new Error('no permission');
    const { settings } = await ask({ type: 'settings' });
    await ask({ type: 'put-key', origin: '${origin}', key: '${CANARY}' });
    await ask({ type: 'save-settings', settings: { ...settings, ...${JSON.stringify(changed)} } });
    return true;
  })()`;
}

/** A browser of its own with settings and key; it ends with the test, whatever happens in it. */
export async function withBare<T>(
  provider: Provider,
  use: (bare: BareChromium) => Promise<T>,
  profile?: Profile,
): Promise<T> {
  const bare = await launchBare({ grant: [LOOPBACK_PATTERN], ...(profile ? { profile } : {}) });
  try {
    await configureBare(bare, provider.url);
    return await use(bare);
  } finally {
    await bare.close();
  }
}

/** Opens the chat, sends a message and resolves, view open, when the server has the request. */
export async function sendFrom(bare: BareChromium, provider: Provider, text: string): Promise<BareTab> {
  const popup = await bare.openTab('popup.html');
  await until('the message box', () => popup.evaluate<boolean>(HAS_MESSAGE_BOX));
  await sendIn(popup, provider, text);
  return popup;
}

/** Resolves when the server has the request. */
export async function sendIn(popup: BareTab, provider: Provider, text: string): Promise<void> {
  const before = chatRequests(provider).length;
  await popup.evaluate(sending(text));
  await until('the request', () => chatRequests(provider).length > before, { limitMs: 10_000, everyMs: 5 });
}

/** The last answer once it is in `state`. */
export async function replyIn(popup: BareTab, state: string): Promise<SeenReply> {
  return await until(
    `an answer that is ${state}`,
    async () => {
      const seen = await popup.evaluate<SeenReply | null>(LAST_REPLY);
      if (seen?.state !== state) throw new Error(`it is ${seen?.state ?? 'not there'}`);
      return seen;
    },
    { limitMs: 10_000 },
  );
}

/** Resolves, with the milliseconds since `from`, when the worker is gone. */
export async function workerGone(bare: BareChromium, from: number): Promise<number> {
  const asleep = async () => !(await bare.workerRuns());
  await until('the worker ends', asleep, { limitMs: 60_000, everyMs: 250 });
  return Date.now() - from;
}
