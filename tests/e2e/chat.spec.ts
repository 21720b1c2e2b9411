// A chat in the real toolbar popup, from the first settings to every kind of end.
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import {
  alertCard,
  articles,
  button,
  expectState,
  fillOptions,
  lastReply,
  messageBox,
  messageText,
  readFigures,
  replies,
  send,
  squeezed,
} from './harness/ui.ts';
import { until } from './harness/until.ts';

const ANSWER = 'Water finds its way. It arrives one drop at a time, and none of it is lost. '
  .repeat(12)
  .trim();

test('settings are saved by the form, then a message streams in', async ({ fresh, provider }) => {
  const options = await fresh.openTab('options.html');
  await fillOptions(options, { baseUrl: provider.url, key: CANARY, model: 'scripted-small' });
  await expect(options.getByRole('status').filter({ hasText: /\S/ }).first()).toBeVisible();
  await expect(options.getByLabel('API key')).toHaveValue('');
  await options.close();
  await fresh.tab.goto(`${provider.origin}/demo`);

  provider.plan({ text: ANSWER, rate: 100 });
  const popup = await fresh.openPopup();
  await send(popup.page, 'Tell me about water');
  const reply = lastReply(popup.page);
  await expectState(reply, 'streaming');
  const early = squeezed(await messageText(reply)).length;
  await expectState(reply, 'done');
  expect(squeezed(await messageText(reply))).toContain(squeezed(ANSWER));
  expect(early).toBeLessThan(squeezed(ANSWER).length);

  const figures = await readFigures(reply);
  expect(figures.chunks).toBeGreaterThan(50);
  expect(figures.tokens).toBeGreaterThan(50);
  expect(figures.tokensPerSecond).toBeGreaterThan(20);
  expect(figures.ttftMs).toBeGreaterThan(0);
  expect(figures).toMatchObject({ retries: 0, usage: 'real' });

  const [request, ...others] = chatRequests(provider);
  expect(others).toEqual([]);
  expect(request?.headers).toMatchObject({
    authorization: `Bearer ${CANARY}`,
    accept: 'text/event-stream',
    'content-type': 'application/json',
  });
  expect(request?.body).toMatchObject({
    model: 'scripted-small',
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: 'Tell me about water' }],
  });
  expect(request?.body).not.toHaveProperty('max_tokens');
  expect(fresh.troubles).toEqual([]);
});

for (const { when, plan } of [
  { when: 'before the headers', plan: { headerDelayMs: 20_000 } },
  { when: 'before the first token', plan: { firstTokenDelayMs: 20_000 } },
  { when: 'in the stream', plan: { tokens: 2000, rate: 60 } },
]) {
  test(`Stop ${when} reaches the server within 500 ms and keeps what is there`, async ({
    runnel,
    provider,
  }) => {
    provider.plan(plan);
    const popup = await runnel.openPopup();
    await send(popup.page, 'Go on for long');
    const entry = await provider.waitFor(({ path }) => path.endsWith('/chat/completions'));
    if ('tokens' in plan) await expectState(lastReply(popup.page), 'streaming');
    const stopped = Date.now();
    await button(popup.page, 'Stop').click();
    await until('the server sees the close', () => entry.closedAt !== null);
    expect(Number(entry.closedAt) - stopped).toBeLessThan(500);
    expect(entry.aborted).toBe(true);
    await expectState(lastReply(popup.page), /^(partial|failed)$/);
    const shown = squeezed(await messageText(lastReply(popup.page)));
    if ('tokens' in plan) expect(shown.length).toBeGreaterThan(0);
    await expect(button(popup.page, 'Send')).toBeVisible();

    provider.plan({ text: 'Still here.' });
    await send(popup.page, 'And now?');
    await expectState(lastReply(popup.page), 'done');
    expect(chatRequests(provider)).toHaveLength(2);
  });
}

const model404 = {
  error: { message: 'The model does not exist', type: 'invalid_request_error', code: 'model_not_found' },
};
for (const { code, plan } of [
  { code: 'unauthorised', plan: { status: 401, body: { error: { message: 'Invalid API key' } } } },
  { code: 'not-found', plan: { status: 404, body: 'no such path', contentType: 'text/plain' } },
  { code: 'model-not-found', plan: { status: 404, body: model404 } },
  { code: 'server', plan: { status: 500, body: { error: { message: 'boom' } } } },
  { code: 'not-an-api', plan: { html: true } },
]) {
  test(`an answer that means ${code} is told as that, with a next action, and the question stays`, async ({
    runnel,
    provider,
  }) => {
    provider.planFor(({ path }) => path.endsWith('/chat/completions'), plan);
    const popup = await runnel.openPopup();
    await send(popup.page, 'Will this work?');
    await expect(alertCard(popup.page)).toHaveAttribute('data-code', code, { timeout: 30_000 });
    await expect(alertCard(popup.page).getByRole('button').first()).toBeVisible();
    await expect(popup.page.getByRole('log')).toContainText('Will this work?');
    await expectState(lastReply(popup.page), 'failed');
    expect(await popup.page.locator('[role=log] :is(img, iframe, form, script)').count()).toBe(0);
  });
}

test('Retry after an error asks again and shows the answer in place of the error', async ({
  runnel,
  provider,
}) => {
  const release = provider.planFor(({ path }) => path.endsWith('/chat/completions'), { status: 500 });
  const popup = await runnel.openPopup();
  await send(popup.page, 'Try this');
  await expect(alertCard(popup.page)).toHaveAttribute('data-code', 'server', { timeout: 30_000 });
  release();
  provider.plan({ text: 'It works now.' });
  await popup.page.getByRole('button', { name: 'Retry' }).first().click();
  await expectState(lastReply(popup.page), 'done');
  await expect(alertCard(popup.page)).toHaveCount(0);
  await expect(replies(popup.page)).toHaveCount(1);
  expect(await messageText(lastReply(popup.page))).toContain('It works now.');
});

test('a double click and a hammered Enter send once', async ({ runnel, provider }) => {
  provider.planFor(() => true, { text: 'Once.', firstTokenDelayMs: 300 });
  const popup = await runnel.openPopup();
  await messageBox(popup.page).fill('first');
  await button(popup.page, 'Send').dblclick();
  await expectState(lastReply(popup.page), /^(done|partial|failed)$/);
  expect(chatRequests(provider)).toHaveLength(1);

  await messageBox(popup.page).fill('second');
  await messageBox(popup.page).focus();
  for (let press = 0; press < 5; press += 1) await popup.page.keyboard.press('Enter');
  await expect(replies(popup.page)).toHaveCount(2);
  await expectState(lastReply(popup.page), /^(done|partial|failed)$/);
  expect(chatRequests(provider)).toHaveLength(2);
});

test('Enter that confirms a composition does not send', async ({ runnel, provider }) => {
  const popup = await runnel.openPopup();
  await messageBox(popup.page).focus();
  const session = await popup.page.context().newCDPSession(popup.page);
  await session.send('Input.imeSetComposition', { text: 'かわ', selectionStart: 2, selectionEnd: 2 });
  await popup.page.keyboard.press('Enter');
  await session.send('Input.insertText', { text: '川' });
  await expect(messageBox(popup.page)).toHaveValue(/川/);
  await expect(articles(popup.page)).toHaveCount(0);
  await popup.page.keyboard.press('Enter');
  await expectState(lastReply(popup.page), 'done');
  expect(chatRequests(provider)).toHaveLength(1);
});

test('Shift+Enter makes a new line and sends nothing', async ({ runnel, provider }) => {
  const popup = await runnel.openPopup();
  await messageBox(popup.page).fill('one');
  await popup.page.keyboard.press('Shift+Enter');
  await popup.page.keyboard.type('two');
  await expect(messageBox(popup.page)).toHaveValue('one\ntwo');
  await popup.page.keyboard.press('Enter');
  const entry = await provider.waitFor(({ path }) => path.endsWith('/chat/completions'));
  expect(entry.body).toMatchObject({ messages: [{ role: 'user', content: 'one\ntwo' }] });
  expect(chatRequests(provider)).toHaveLength(1);
});

test('New chat begins with nothing said before', async ({ runnel, provider }) => {
  const popup = await runnel.openPopup();
  await send(popup.page, 'Remember the number 7');
  await expectState(lastReply(popup.page), 'done');
  await send(popup.page, 'Which number?');
  await expect(replies(popup.page)).toHaveCount(2);
  await expectState(lastReply(popup.page), 'done');
  await button(popup.page, 'New chat').click();
  await expect(articles(popup.page)).toHaveCount(0);
  await send(popup.page, 'Something else');
  await expectState(lastReply(popup.page), 'done');
  const said = chatRequests(provider).map(({ body }) => (body as { messages: unknown[] }).messages);
  expect(said[1]).toHaveLength(3);
  expect(said[2]).toEqual([{ role: 'user', content: 'Something else' }]);
});
