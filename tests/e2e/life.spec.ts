// With no debugger attached the browser ends idle workers, as it does for a user. Playwright's own attachment would hide that.
import { test as base, expect } from '@playwright/test';
import { startProvider } from '../provider/server.ts';
import { type BareChromium, launchBare } from './harness/bare.ts';
import { CANARY, chatRequests, type Provider } from './harness/fixtures.ts';
import { LOOPBACK_PATTERN } from './harness/launch.ts';
import { squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';

const test = base.extend<{ provider: Provider; bare: BareChromium }>({
  // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
  provider: async ({}, use) => {
    const provider = await startProvider({ rate: 200 });
    await use(provider);
    await provider.close();
  },
  bare: async ({ provider }, use) => {
    const bare = await launchBare({ grant: [LOOPBACK_PATTERN] });
    try {
      const options = await bare.openTab('options.html');
      await options.evaluate(configuring(provider.url));
      await options.close();
      await use(bare);
    } finally {
      await bare.close();
    }
  },
});

/** An expression that stores settings and key over the wire. */
function configuring(baseUrl: string): string {
  const { origin } = new URL(baseUrl);
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
    await ask({ type: 'save-settings', settings: { ...settings, preset: 'custom', baseUrl: '${baseUrl}', model: 'scripted-small' } });
    return true;
  })()`;
}

const SENDING = `(async () => {
  const box = document.querySelector('textarea');
  box.focus();
  document.execCommand('insertText', false, 'Think for a minute');
  [...document.querySelectorAll('button')].find((button) => (button.ariaLabel ?? button.textContent) === 'Send').click();
  return true;
})()`;
const READING = `(() => {
  const reply = [...document.querySelectorAll('[role=log] [data-role=assistant]')].at(-1);
  return reply ? { state: reply.dataset.state, text: reply.textContent } : null;
})()`;

/** Watches from now until the worker is gone. Returns the milliseconds since `from`. */
async function workerGoneAfter(bare: BareChromium, from: number, limitMs: number): Promise<number> {
  await until('the worker ends', async () => !(await bare.workerRuns()), { limitMs, everyMs: 250 });
  return Date.now() - from;
}

async function sendAndLeave(bare: BareChromium, provider: Provider): Promise<void> {
  const popup = await bare.openTab('popup.html');
  await until('the message box', () => popup.evaluate<boolean>("!!document.querySelector('textarea')"));
  const before = chatRequests(provider).length;
  await popup.evaluate(SENDING);
  await until('the request', () => chatRequests(provider).length > before);
  await popup.close();
}

test('a model that is silent for 60 s answers a popup that was closed, and the answer is stored', async ({
  bare,
  provider,
}) => {
  const answer = 'It took a while, but here it is.';
  provider.plan({ text: answer, firstTokenDelayMs: 60_000 });
  await sendAndLeave(bare, provider);
  const [entry] = chatRequests(provider);
  await until('the answer ends', () => entry?.closedAt != null, { limitMs: 90_000, everyMs: 250 });
  expect(entry?.aborted, 'the worker died with the request').toBe(false);
  const ended = Date.now();
  const gone = await workerGoneAfter(bare, ended, 60_000);
  expect(gone).toBeLessThanOrEqual(35_000);

  const popup = await bare.openTab('popup.html');
  const reply = await until('the stored answer', async () => {
    const seen = await popup.evaluate<{ state: string; text: string } | null>(READING);
    return seen?.state === 'done' && seen;
  });
  expect(squeezed(reply.text)).toContain(squeezed(answer));
  expect(chatRequests(provider)).toHaveLength(1);
});

test('a worker without a job is gone within 35 s, and a click afterwards works the first time', async ({
  bare,
  provider,
}) => {
  provider.plan({ text: 'Quick.', rate: 0 });
  await sendAndLeave(bare, provider);
  const [entry] = chatRequests(provider);
  await until('the answer ends', () => entry?.closedAt != null);
  expect(await workerGoneAfter(bare, Date.now(), 60_000)).toBeLessThanOrEqual(35_000);

  provider.plan({ text: 'Awake again.', rate: 0 });
  await sendAndLeave(bare, provider);
  await until('the second answer ends', () => chatRequests(provider)[1]?.closedAt != null);
  expect(chatRequests(provider)[1]?.aborted).toBe(false);
});
