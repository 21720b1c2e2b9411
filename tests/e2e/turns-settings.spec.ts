// Settings that change while an answer streams count for the next one.
import { startProvider } from '../provider/server.ts';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { alertCard, expectState, lastReply, messageText, replies, send, squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';
import { askWorker, storeConfiguration } from './harness/wire.ts';

declare const chrome: { permissions: { remove(what: { origins: string[] }): Promise<boolean> } };

const ANSWER = Array.from({ length: 40 }, (_, index) => `Drop ${index + 1} arrives.`).join(' ');

test('another server, key and model while an answer streams: the answer goes on where it began, the next one uses the new', async ({
  runnel,
  provider,
}) => {
  const second = await startProvider({ rate: 0 });
  try {
    const options = await runnel.openTab('options.html');
    const first = { baseUrl: provider.url, key: CANARY, retries: 3, continuing: 'automatic' } as const;
    await storeConfiguration(options, { ...first, model: 'scripted-small' });
    const cut = ANSWER.indexOf('Drop 20');
    // Its connection breaks after the change: the rest is asked for where the answer began.
    provider.plan([
      { text: ANSWER, rate: 40, cutAfter: 60 },
      { text: ANSWER.slice(cut), rate: 0 },
    ]);
    second.plan({ text: 'From the other one.' });
    const page = await runnel.openTab('sidepanel.html');
    await send(page, 'Count the drops');
    await expectState(lastReply(page), 'streaming');
    await storeConfiguration(options, { baseUrl: second.url, key: 'sk-second', model: 'scripted-large' });
    await askWorker<'remove-key'>(options, { type: 'remove-key', origin: provider.origin });
    await expectState(lastReply(page), 'done');
    expect(chatRequests(provider)).toHaveLength(2);
    for (const { headers, body } of chatRequests(provider)) {
      expect(headers.authorization).toBe(`Bearer ${CANARY}`);
      expect(body).toMatchObject({ model: 'scripted-small' });
    }
    expect(chatRequests(second)).toHaveLength(0);
    await send(page, 'And now?');
    await expect(replies(page)).toHaveCount(2);
    await expectState(lastReply(page), 'done');
    expect(await messageText(lastReply(page))).toContain('From the other one.');
    expect(chatRequests(provider)).toHaveLength(2);
    const [asked] = chatRequests(second);
    expect(asked?.headers.authorization).toBe('Bearer sk-second');
    expect(asked?.body).toMatchObject({ model: 'scripted-large' });
    expect(JSON.stringify(second.journal)).not.toContain(CANARY);
  } finally {
    await second.close();
  }
});

test('the permission is taken away while an answer streams: it ends well, the next one asks for it', async ({
  runnel,
  provider,
}) => {
  provider.plan({ text: ANSWER, rate: 60 });
  const options = await runnel.openTab('options.html');
  const page = await runnel.openTab('sidepanel.html');
  await send(page, 'Count the drops');
  await expectState(lastReply(page), 'streaming');
  const removed = await options.evaluate(() =>
    chrome.permissions.remove({ origins: ['http://127.0.0.1/*'] }),
  );
  expect(removed).toBe(true);
  await expectState(lastReply(page), 'done');
  await until(
    'the whole text',
    async () => squeezed(await messageText(lastReply(page))) === squeezed(ANSWER),
  );
  await send(page, 'And now?');
  await expect(alertCard(page)).toHaveAttribute('data-code', 'permission');
  await expect(alertCard(page).getByRole('button', { name: 'Grant access' })).toBeVisible();
  expect(chatRequests(provider)).toHaveLength(1);
});
