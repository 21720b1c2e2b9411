// A translation ends with its document, and with nothing else.
import { expect } from '@playwright/test';
import { chatRequests } from '../e2e/harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from '../e2e/harness/gesture.ts';
import { selectBlocks } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import type { Lab } from './harness/lab.ts';
import { row } from './harness/row.ts';

const isChat = ({ path }: { path: string }) => path.endsWith('/chat/completions');

/** A translation of two paragraphs under way in the first tab. */
async function beginTranslation(lab: Lab, rate = 4): Promise<void> {
  const { tab } = lab.runnel;
  await tab.goto(`${lab.provider.origin}/demo`);
  await tab.bringToFront();
  lab.provider.planFor(isChat, { rate });
  await selectBlocks(tab, '#p1', '#p2');
  await chooseMenuItem(lab.runnel, 'translate-selection');
  await until('a block streams', () => tab.locator('[data-runnel=streaming]').count());
  await until('both are asked for', () => chatRequests(lab.provider).length === 2);
}

/** All requests are closed by the client within a second of `since`. */
async function expectClosed(lab: Lab, since: number): Promise<void> {
  await until('the server sees the close', () =>
    chatRequests(lab.provider).every(({ closedAt }) => closedAt !== null),
  );
  for (const { closedAt, aborted } of chatRequests(lab.provider)) {
    const after = Math.max(0, Number(closedAt) - since);
    lab.measured[`leaveToClose:${closedAt}`] = after;
    expect(after).toBeLessThan(1000);
    expect(aborted).toBe(true);
  }
  // The next message must not be answered by the plan of this row.
  lab.provider.planFor(isChat, {});
}

row({ id: 'L3', title: 'the tab goes to another page mid-translation' }, async (lab) => {
  await beginTranslation(lab);
  const left = Date.now();
  await lab.runnel.tab.goto(`${lab.provider.origin}/page/rtl`);
  await expectClosed(lab, left);
  expect(await lab.runnel.tab.locator('[data-runnel]').count()).toBe(0);
  await lab.view.bringToFront();
  return { state: null, trouble: null, requests: 2 };
});

row(
  { id: 'L3', title: 'the page is loaded again mid-translation, and translated by a new gesture' },
  async (lab) => {
    await beginTranslation(lab);
    const left = Date.now();
    await lab.runnel.tab.reload();
    await expectClosed(lab, left);
    await selectBlocks(lab.runnel.tab, '#p1');
    await chooseMenuItem(lab.runnel, 'translate-selection');
    await waitForBlocks(lab.runnel, /^done$/);
    await lab.view.bringToFront();
    return { state: null, trouble: null, requests: 3, repeats: 1 };
  },
);

row({ id: 'L4', title: 'pushState, replaceState and a hash end nothing' }, async (lab) => {
  const { tab } = lab.runnel;
  await beginTranslation(lab, 40);
  await tab.evaluate(() => {
    history.pushState({}, '', '/elsewhere');
    history.replaceState({}, '', '/and-elsewhere');
    location.hash = 'p2';
  });
  await waitForBlocks(lab.runnel, /^done$/);
  const texts = await tab.locator('#p1, #p2').allTextContents();
  const pieces = chatRequests(lab.provider).map(({ textSent }, index) => ({
    shown: texts[index] ?? '',
    sent: textSent.replaceAll(/<\/?\d+\/?>/g, ''),
  }));
  await lab.view.bringToFront();
  return { state: null, trouble: null, requests: 2, pieces };
});

row({ id: 'L6', title: 'the tab is closed mid-translation', own: {} }, async (lab) => {
  await beginTranslation(lab);
  const left = Date.now();
  await lab.runnel.tab.close();
  await expectClosed(lab, left);
  await lab.view.bringToFront();
  return { state: null, trouble: null, requests: 2 };
});

row({ id: 'L6', title: 'the renderer crashes mid-translation', own: {} }, async (lab) => {
  await beginTranslation(lab);
  const left = Date.now();
  void lab.runnel.tab.goto('chrome://crash').catch(() => {});
  await expectClosed(lab, left);
  await lab.runnel.tab.close();
  await lab.view.bringToFront();
  return { state: null, trouble: null, requests: 2 };
});

row({ id: 'Px1', title: 'a block breaks in the middle and goes on' }, async (lab) => {
  await lab.configure({ continuing: 'automatic', retries: 3 });
  const { tab } = lab.runnel;
  await tab.goto(`${lab.provider.origin}/demo`);
  await tab.bringToFront();
  const text = 'Un arroyo empieza casi por casualidad y nadie lo espera.';
  lab.provider.plan([
    { text: text.slice(0, 30), finishReason: null, noDone: true },
    { text: text.slice(30) },
  ]);
  await selectBlocks(tab, '#p1');
  await chooseMenuItem(lab.runnel, 'translate-selection');
  await waitForBlocks(lab.runnel, /^done$/);
  const pieces = [{ shown: (await tab.locator('#p1').textContent()) ?? '', sent: lab.sent() }];
  await lab.view.bringToFront();
  return { state: null, trouble: null, requests: 2, pieces };
});
