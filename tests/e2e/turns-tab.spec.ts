// The chat in a tab of its own: the same conversation as in the popup and the panel, live.
import { chatRequests, expect, test } from './harness/fixtures.ts';
import { articles, button, expectState, lastReply, messageText, send, squeezed } from './harness/ui.ts';

const ANSWER = Array.from({ length: 60 }, (_, index) => `Drop ${index + 1} arrives.`).join(' ');

test('the popup hands its conversation to a tab mid-stream; what is asked there is live in the panel', async ({
  runnel,
  provider,
}) => {
  provider.plan([{ text: ANSWER, rate: 60 }, { text: 'And so it ends.' }]);
  const popup = await runnel.openPopup();
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'streaming');
  const opened = runnel.context.waitForEvent('page');
  await button(popup.page, 'Open in a tab').click();
  const tab = await opened;
  await expect(tab).toHaveURL(/chat\.html$/);
  await expectState(lastReply(tab), 'streaming');
  await expect.poll(() => runnel.isOpen('popup.html')).toBe(false);
  await expectState(lastReply(tab), 'done');
  expect(squeezed(await messageText(lastReply(tab)))).toBe(squeezed(ANSWER));
  expect(chatRequests(provider)).toHaveLength(1);
  // Nothing leads from a tab into another one.
  await expect(button(tab, 'Open in a tab')).toHaveCount(0);

  const panel = await runnel.openTab('sidepanel.html');
  await expect(articles(panel)).toHaveCount(2);
  await send(tab, 'And then?');
  await expect(articles(panel)).toHaveCount(4);
  await expectState(lastReply(panel), 'done');
  expect(await messageText(lastReply(panel))).toContain('And so it ends.');
  await panel.close();
  await tab.close();
});
