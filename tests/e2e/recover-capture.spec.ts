// A server that fails leaves a file behind that replay reads, and that no key is in.
import { readFile } from 'node:fs/promises';
import { replay } from '../replay/replay.ts';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { alertCard, button, expectState, lastReply, send } from './harness/ui.ts';

test('the stream of a failed answer is saved, without the key, and breaks again in a replay', async ({
  runnel,
  provider,
}) => {
  const payload = { error: { message: `The key ${CANARY} is out of luck`, code: 400 } };
  provider.planFor((entry) => entry.method === 'POST', {
    text: `Rain falls on ${CANARY} and goes on.`,
    errorAfter: { chunks: 4, payload },
  });
  const panel = await runnel.openPanel();
  await send(panel.page, 'Tell me');
  await expectState(lastReply(panel.page), 'partial');
  const card = alertCard(panel.page);
  await expect(button(panel.page, 'Save this stream')).toHaveCount(0);
  await card.getByText('Details', { exact: true }).click();
  const [download] = await Promise.all([
    panel.page.waitForEvent('download'),
    button(panel.page, 'Save this stream').click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^runnel-stream-[a-z-]+\.sse$/);
  const bytes = await readFile(await download.path());
  expect(bytes.toString()).not.toContain(CANARY);
  expect(bytes.toString()).toMatch(/^: runnel-capture status=200 content-type=text\/event-stream/);
  const again = await replay(bytes);
  expect(again.text).toMatch(/^Rain falls on/);
  expect(again.error?.message).toBe('The key [key removed] is out of luck');
  await panel.close();
});

test('a field that the server refuses is left out, and stays left out when the worker begins anew', async ({
  runnel,
  provider,
}) => {
  provider.planFor((entry) => entry.method === 'POST', { text: 'Fine.' });
  provider.planFor((entry) => 'stream_options' in ((entry.body ?? {}) as object), {
    status: 400,
    body: { error: { message: "Unknown parameter: 'stream_options'", param: 'stream_options' } },
  });
  const panel = await runnel.openPanel();
  await send(panel.page, 'One');
  await expectState(lastReply(panel.page), 'done');
  expect(chatRequests(provider)).toHaveLength(2);
  await runnel.stopWorker();
  await send(panel.page, 'Two');
  await expect(panel.page.locator('[role=log] [data-role=assistant]')).toHaveCount(2);
  await expectState(lastReply(panel.page), 'done');
  expect(chatRequests(provider)).toHaveLength(3);
  await panel.close();
});
