// Firefox ends an idle event page as Chromium ends an idle worker. Marionette, unlike an attached debugger, does not keep it loaded:
// the end of this test is the proof.
import { expect, test } from '@playwright/test';
import { startProvider } from '../provider/server.ts';
import { configureFirefox, type Firefox, launchFirefox } from './harness/firefox.ts';
import { CANARY, chatRequests, type Provider } from './harness/fixtures.ts';
import { squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';
import { drops, HAS_MESSAGE_BOX, LAST_REPLY, type SeenReply, sending } from './harness/views.ts';

async function sendAndLeave(firefox: Firefox, provider: Provider, text: string): Promise<void> {
  const { driver } = firefox;
  await firefox.openTab('popup.html');
  await until('the message box', () => driver.run<boolean>(`return ${HAS_MESSAGE_BOX};`), {
    limitMs: 10_000,
  });
  await driver.run(`return ${sending(text)};`);
  await until('the request', () => chatRequests(provider).length > 0, { limitMs: 10_000 });
  await firefox.closeTab();
}

async function storedReply(firefox: Firefox): Promise<SeenReply> {
  await firefox.openTab('popup.html');
  return await until('the stored answer', async () => {
    const seen = await firefox.driver.run<SeenReply | null>(`return ${LAST_REPLY};`);
    return seen?.state === 'done' && seen;
  });
}

test('in Firefox an answer of six minutes, silent for the first 70 s, arrives with every view closed', async () => {
  const answer = drops(366);
  const provider = await startProvider();
  const firefox = await launchFirefox();
  try {
    await configureFirefox(firefox, { baseUrl: provider.url, key: CANARY, model: 'scripted-small' });
    await firefox.driver.goto(`${provider.origin}/demo`);
    // Four tokens a drop, five a second: 70 s and 293 s.
    provider.plan({ text: answer, firstTokenDelayMs: 70_000, rate: 5 });
    await sendAndLeave(firefox, provider, 'Think about it');
    const [entry] = chatRequests(provider);
    await until('the answer ends', () => entry?.closedAt != null, { limitMs: 420_000, everyMs: 250 });
    expect(entry?.aborted, 'the event page ended with the request').toBe(false);
    const ended = entry?.closedAt ?? 0;
    const asleep = async () => !(await firefox.eventPageRuns());
    await until('the event page ends', asleep, { limitMs: 60_000, everyMs: 250 });
    const gone = Date.now() - ended;
    console.log(
      `Firefox: whole after ${Math.round(ended - (entry?.startedAt ?? 0))} ms, event page gone ${Math.round(gone)} ms later`,
    );
    expect(gone).toBeLessThanOrEqual(35_000);
    expect(squeezed((await storedReply(firefox)).text)).toBe(squeezed(answer));
    expect(chatRequests(provider)).toHaveLength(1);
  } finally {
    await firefox.close();
    await provider.close();
  }
});
