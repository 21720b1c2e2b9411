// What is known already costs nothing: a second time, the same text twice, a text that is in the language already.
import { chatRequests, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import { button, selectBlocks } from './harness/ui.ts';
import { until } from './harness/until.ts';

test('a second time it is there at once, without a request, also in another page and after the worker slept', async ({
  runnel,
  provider,
}) => {
  await selectBlocks(runnel.tab, '#p1', '#p2');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  const first = await runnel.tab.locator('#p1').textContent();
  const asked = chatRequests(provider).length;
  expect(asked).toBeGreaterThan(0);
  await runnel.tab.reload();
  await runnel.stopWorker();
  await runnel.tab.bringToFront();
  await selectBlocks(runnel.tab, '#p1', '#p2');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  expect(await runnel.tab.locator('#p1').textContent()).toBe(first);
  expect(chatRequests(provider)).toHaveLength(asked);
  expect(runnel.troubles).toEqual([]);
});

test('kept translations are counted in the settings, and cleared there', async ({ runnel, provider }) => {
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  const asked = chatRequests(provider).length;
  const options = await runnel.openTab('options.html');
  await expect(options.getByText(/One translated text is kept/)).toBeVisible();
  await button(options, 'Clear kept translations').click();
  await expect(options.getByText('No translations are kept.')).toBeVisible();
  await options.close();
  await runnel.tab.reload();
  await runnel.tab.bringToFront();
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  expect(chatRequests(provider).length).toBe(asked + 1);
});

test('instruction and glossary of the settings go with the request', async ({ runnel, provider }) => {
  const options = await runnel.openTab('options.html');
  await options.getByLabel(/^Instruction for/).fill('Say usted.');
  await options.getByLabel(/^Glossary for/).fill('stream = arroyo\nbadger = tejón');
  await options.getByLabel(/^Glossary for/).blur();
  await expect(options.locator('#glossary-note')).toHaveText('Saved');
  await options.close();
  await runnel.tab.bringToFront();
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await until('the request', () => chatRequests(provider).length > 0);
  const [asked] = chatRequests(provider);
  const { messages } = (asked?.body ?? { messages: [] }) as { messages: { content: string }[] };
  const [system] = messages;
  expect(system?.content).toContain('- stream: arroyo');
  expect(system?.content).not.toContain('badger');
  expect(system?.content).toMatch(/The reader asks: Say usted\.$/);
});

test('a block that is in the language already is left, and nothing is asked for it', async ({
  runnel,
  provider,
}) => {
  await runnel.tab.evaluate(() => {
    const block = document.querySelector('#p2');
    if (block)
      block.textContent =
        'El agua baja por la ladera y encuentra su camino entre las piedras hasta llegar al valle.';
  });
  const before = await runnel.tab.locator('#p2').innerHTML();
  await selectBlocks(runnel.tab, '#p1', '#p2');
  await chooseMenuItem(runnel, 'translate-selection');
  await expect(runnel.tab.locator('#p1')).toHaveAttribute('data-runnel', 'done');
  expect(await runnel.tab.locator('#p2').innerHTML()).toBe(before);
  await expect(runnel.tab.locator('#p2')).not.toHaveAttribute('data-runnel');
  expect(JSON.stringify(chatRequests(provider).map(({ body }) => body))).not.toContain('ladera');
});
