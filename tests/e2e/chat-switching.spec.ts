// "New chat" is pressed, and the new conversation is a while in coming: what is written then is for that one.
import type { Page } from '@playwright/test';
import { lastSent, openChat } from './harness/composer.ts';
import { chatRequests, expect, test } from './harness/fixtures.ts';
import { articles, button, expectState, lastReply, messageBox, send } from './harness/ui.ts';

/** From now on nobody is asked for a new conversation until the returned function is called. */
async function holdNewChats(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(`{
    const connect = chrome.runtime.connect.bind(chrome.runtime);
    const held = [];
    globalThis.letGo = () => held.splice(0).forEach((post) => post()) ?? true;
    chrome.runtime.connect = (info) => {
      const port = connect(info);
      const post = (message) =>
        message.type === 'new-conversation' ? held.push(() => port.postMessage(message)) : port.postMessage(message);
      const { onMessage, onDisconnect } = port;
      return { postMessage: post, disconnect: () => port.disconnect(), onMessage, onDisconnect };
    };
  }`);
  return () => page.evaluate('letGo()');
}

test('what is typed and sent before a new chat is there is typed and sent in it', async ({
  runnel,
  provider,
}) => {
  provider.plan([
    { text: 'Old answer.', rate: 0 },
    { text: 'New answer.', rate: 0 },
  ]);
  const page = await openChat(runnel);
  await send(page, 'Old question');
  await expectState(lastReply(page), 'done');
  const box = messageBox(page);
  await box.fill('Left in the old one');
  const letGo = await holdNewChats(page);
  await button(page, 'New chat').click();
  await expect(box).toHaveValue('');
  await box.fill('New question');
  await box.press('Enter');
  await box.pressSequentially('and the next');
  // The old one is still on screen, and nothing was asked there.
  await expect(articles(page)).toHaveCount(2);
  await expect(box).toHaveValue('and the next');
  expect(chatRequests(provider)).toHaveLength(1);
  await letGo();
  await expect(lastReply(page)).toContainText('New answer.');
  await expect(articles(page)).toHaveCount(2);
  expect(lastSent(provider)).toEqual([{ role: 'user', content: 'New question' }]);
  await expect(box).toHaveValue('and the next');
  await button(page, 'Conversations').click();
  await page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('button', { name: 'Old question', exact: true })
    .click();
  await expect(lastReply(page)).toContainText('Old answer.');
  await expect(box).toHaveValue('Left in the old one');
});
