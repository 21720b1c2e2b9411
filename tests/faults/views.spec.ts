// Views come and go; the answer does not care.
import { expect } from '@playwright/test';
import { chatRequests } from '../e2e/harness/fixtures.ts';
import { button, expectState, lastReply, messageBox, send } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import { askWorker } from '../e2e/harness/wire.ts';
import type { Lab } from './harness/lab.ts';
import { row } from './harness/row.ts';
import { drops } from './harness/text.ts';

/** The real popup on a real page, and no other view. */
async function openOnlyPopup(lab: Lab) {
  await lab.view.close();
  await lab.runnel.tab.goto(`${lab.provider.origin}/demo`);
  return await lab.runnel.openPopup();
}

row({ id: 'L1', title: 'the popup is closed mid-stream and opened 2 s later' }, async (lab) => {
  const popup = await openOnlyPopup(lab);
  lab.provider.plan({ text: drops(70), rate: 80 });
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'streaming');
  await popup.close();
  const entry = await lab.request();
  const closed = Date.now();
  await until('2 s of stream', () => Date.now() - closed > 2000);
  expect(entry.endedAt).toBe(null);
  const again = await lab.runnel.openPopup();
  await expectState(lastReply(again.page), 'streaming');
  await expectState(lastReply(again.page), 'done');
  await again.close();
  await lab.openView();
  return { state: 'done', trouble: null, requests: 1 };
});

row({ id: 'L1', title: 'the popup is closed mid-stream and opened after the end' }, async (lab) => {
  const popup = await openOnlyPopup(lab);
  lab.provider.plan({ text: drops(40), rate: 150 });
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'streaming');
  await popup.close();
  const entry = await lab.request();
  await until('the server has sent all', () => entry.closedAt, { limitMs: 20_000 });
  expect(entry.aborted).toBe(false);
  await lab.openView();
  await lab.ends('done');
  return { state: 'done', trouble: null, requests: 1 };
});

row(
  { id: 'L2', title: 'the side panel is closed while another window shows the same stream' },
  async (lab) => {
    // The view is the panel's page in a tab, and would be taken for it.
    await lab.view.close();
    await lab.runnel.tab.goto(`${lab.provider.origin}/demo`);
    const panel = await lab.runnel.openPanel(lab.runnel.tab);
    lab.provider.plan({ text: drops(60), rate: 80 });
    await send(panel.page, 'Count the drops');
    await expectState(lastReply(panel.page), 'streaming');
    const window = await openWindow(lab, 'popup.html');
    await expectState(lastReply(window), 'streaming');
    await panel.close();
    await expectState(lastReply(window), 'done');
    await window.close();
    await lab.openView();
    await lab.ends('done');
    return { state: 'done', trouble: null, requests: 1 };
  },
);

/** The chat in a window of its own. */
async function openWindow(lab: Lab, file = 'sidepanel.html') {
  const { context, browser, url } = lab.runnel;
  const opening = context.waitForEvent('page');
  await browser.send('Target.createTarget', { url: url(file), newWindow: true });
  const page = await opening;
  await messageBox(page).waitFor();
  return page;
}

row(
  { id: 'L20', title: 'two windows send in one conversation at once: one request, the other is told' },
  async (lab) => {
    const other = await openWindow(lab);
    lab.provider.plan([{ text: drops(30), rate: 60 }, { text: 'A second answer.' }]);
    await messageBox(lab.view).fill('From the first window');
    await messageBox(other).fill('From the second window');
    const click = (page: typeof other) =>
      page.evaluate(() => document.querySelector<HTMLElement>('button.send')?.click());
    await Promise.all([click(lab.view), click(other)]);
    await lab.ends('streaming');
    await expectState(lastReply(other), 'streaming');
    expect(chatRequests(lab.provider)).toHaveLength(1);
    const [entry] = chatRequests(lab.provider);
    const isFirst = JSON.stringify(entry?.body).includes('From the first window');
    const refused = isFirst ? other : lab.view;
    await expect(messageBox(refused)).toHaveValue(/From the/);
    await expect(refused.locator('[data-part=note]')).toContainText(/Another window asked first/);
    await lab.ends('done');
    await expectState(lastReply(other), 'done');
    await other.close();
    await messageBox(lab.view).fill('');
    // The plan of the request that was never made.
    await send(lab.view, 'And a second one');
    await expect(lab.view.locator('[data-role=assistant]')).toHaveCount(2);
    await lab.ends('done');
    return { state: 'done', trouble: null, requests: 2, shown: { text: 'A second answer.' } };
  },
);

row({ id: 'Lx1', title: 'a view is loaded again five times in one stream' }, async (lab) => {
  lab.provider.plan({ text: drops(90), rate: 70 });
  await lab.ask('Count the drops');
  for (let times = 0; times < 5; times += 1) {
    await lab.ends('streaming');
    await lab.view.reload();
  }
  await lab.ends('done');
  return { state: 'done', trouble: null, requests: 1 };
});

row({ id: 'Lx2', title: 'two conversations stream at once in two windows' }, async (lab) => {
  const other = await openWindow(lab);
  const first = drops(60);
  const second = first.replaceAll('Drop', 'Stone');
  lab.provider.planFor(({ body }) => JSON.stringify(body).includes('drops'), { text: first, rate: 60 });
  lab.provider.planFor(({ body }) => JSON.stringify(body).includes('stones'), { text: second, rate: 60 });
  await send(other, 'Count the drops');
  await expectState(lastReply(other), 'streaming');
  await button(lab.view, 'New chat').click();
  await expect(lab.view.getByRole('log').getByRole('article')).toHaveCount(0);
  await lab.ask('Count the stones');
  await lab.ends('streaming');
  await expectState(lastReply(other), /streaming|done/);
  await lab.ends('done');
  await until('both have ended', () => chatRequests(lab.provider).every(({ closedAt }) => closedAt !== null));
  const texts = chatRequests(lab.provider).map(({ textSent, aborted }) => ({ textSent, aborted }));
  expect(texts).toEqual([
    { textSent: first, aborted: false },
    { textSent: second, aborted: false },
  ]);
  await expect(other.getByRole('log')).toContainText('Count the drops');
  await expectState(lastReply(other), 'done');
  await other.close();
  await lab.view.bringToFront();
  return { state: 'done', trouble: null, requests: 2, shown: { text: second } };
});

row(
  { id: 'Lx3', title: 'settings and key change mid-stream: this answer keeps the old, the next has the new' },
  async (lab) => {
    const { provider } = lab;
    const next = await lab.startOther({ rate: 0 });
    lab.configured.add(next.origin);
    provider.plan({ text: drops(40), rate: 60 });
    await lab.ask('Count the drops');
    await lab.ends('streaming');
    await lab.configure({ baseUrl: next.url, key: 'another-key', model: 'scripted-large' });
    await lab.ends('done');
    next.plan({ text: 'From the new server.' });
    await lab.ask('And you?');
    await expect(lab.view.locator('[data-role=assistant]')).toHaveCount(2);
    await lab.ends('done');
    await expect(lab.reply()).toContainText('From the new server.');
    const [asked] = chatRequests(next);
    expect(asked?.headers.authorization).toBe('Bearer another-key');
    expect(asked?.body).toMatchObject({ model: 'scripted-large' });
    await lab.configure({});
    return { state: 'done', trouble: null, requests: 1, shown: { text: 'From the new server.' } };
  },
);

row(
  {
    id: 'Lx4',
    title: 'the key is removed mid-stream: the answer ends whole, the next message says what is missing',
  },
  async (lab) => {
    lab.provider.plan({ text: drops(30), rate: 60 });
    await lab.ask('Count the drops');
    await lab.ends('streaming');
    const options = await lab.runnel.openTab('options.html');
    await askWorker<'remove-key'>(options, { type: 'remove-key', origin: lab.provider.origin });
    await options.close();
    await lab.view.bringToFront();
    await lab.ends('done');
    await lab.configure({});
    return { state: 'done', trouble: null, requests: 1 };
  },
);
