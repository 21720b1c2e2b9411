// A selection is translated where it stands, and comes back as it was.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARY, chatRequests, expect, type Provider, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import { root } from './harness/places.ts';
import { articles, button, messageText, selectBlocks, squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';

type Translations = Record<string, Record<string, string>>;
const translations = JSON.parse(
  readFileSync(join(root, 'tests/fixtures/demo/translations.json'), 'utf8'),
) as Translations;
const withoutMarks = (text: string) => text.replaceAll(/<\/?\d+\/?>/g, '');

/** What the demo provider makes of a text of the demo page. */
function expectTranslation(source: string, language: string): string {
  const wanted = squeezed(source);
  const found = Object.entries(translations).find(([text]) => squeezed(withoutMarks(text)) === wanted);
  const translated = found?.[1][language];
  if (!translated) throw new Error(`the demo has no ${language} for: ${source}`);
  return squeezed(withoutMarks(translated));
}

const slowly = (provider: Provider) =>
  provider.planFor(({ path }) => path.endsWith('/chat/completions'), { rate: 4 });
const openRequests = (provider: Provider) =>
  chatRequests(provider).filter(({ closedAt }) => closedAt === null);

test('paragraphs, a heading and list items are translated block by block', async ({ runnel, provider }) => {
  const { tab } = runnel;
  const blocks = tab.locator('#p1, #p2, #habits, #list li');
  const before = await blocks.allInnerTexts();
  await selectBlocks(tab, '#p1', '#list');
  await chooseMenuItem(runnel, 'translate-selection');
  const states = await waitForBlocks(runnel, /^done$/);
  expect(states).toHaveLength(before.length);
  const after = await blocks.allInnerTexts();
  expect(after.map(squeezed)).toEqual(before.map((text) => expectTranslation(text, 'es')));
  for (const block of await blocks.all()) await expect(block).toHaveAttribute('lang', 'es');
  await expect(tab.locator('#p3')).not.toHaveAttribute('data-runnel');
  expect(runnel.troubles).toEqual([]);

  let asked = '';
  for (const { body } of chatRequests(provider)) {
    expect(body).toMatchObject({ stream: true, temperature: 0.3, stream_options: { include_usage: true } });
    expect(body).not.toHaveProperty('max_tokens');
    const { messages } = body as { messages: { role: string; content: string }[] };
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(messages[0]?.content).toMatch(/Spanish/);
    expect(messages[0]?.content).toMatch(/only/i);
    asked += squeezed(withoutMarks(messages[1]?.content ?? ''));
  }
  for (const text of before) expect(asked).toContain(squeezed(text));
});

test('the text grows while it streams', async ({ runnel, provider }) => {
  provider.planFor(() => true, { rate: 30 });
  await selectBlocks(runnel.tab, '#p1');
  await runnel.tab.evaluate(() => {
    // Not its length: what is not translated yet stays to be read.
    const texts: (string | null)[] = [];
    Object.assign(window, { seenTexts: texts });
    const block = document.querySelector('#p1');
    if (block)
      new MutationObserver(() => texts.push(block.textContent)).observe(block, {
        characterData: true,
        subtree: true,
      });
  });
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^streaming$/);
  await waitForBlocks(runnel, /^done$/);
  const texts = await runnel.tab.evaluate(() => (window as unknown as { seenTexts: string[] }).seenTexts);
  expect(new Set(texts).size).toBeGreaterThan(10);
});

test('links and emphasis keep their nodes, code stays as it is', async ({ runnel }) => {
  const { tab } = runnel;
  await selectBlocks(tab, '#linked', '#code');
  const link = await tab.$('#linked a');
  const code = await tab.locator('#code').textContent();
  const before = await tab.locator('#linked').allInnerTexts();
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  expect(squeezed((await tab.locator('#linked').allInnerTexts()).join(''))).toBe(
    expectTranslation(before.join(''), 'es'),
  );
  expect(await link?.evaluate((node) => node.isConnected && node.textContent !== '')).toBe(true);
  expect(await link?.getAttribute('href')).toBe('https://en.wikipedia.org/wiki/Rill');
  expect(await tab.locator('#code').textContent()).toBe(code);
});

test('Arabic is written from right to left', async ({ runnel, provider }) => {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'ar' });
  const before = (await runnel.tab.locator('#p1').allInnerTexts()).join('');
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  const block = runnel.tab.locator('#p1');
  await expect(block).toHaveAttribute('dir', 'rtl');
  await expect(block).toHaveAttribute('lang', 'ar');
  await expect(block).toHaveCSS('direction', 'rtl');
  expect(squeezed((await block.allInnerTexts()).join(''))).toBe(expectTranslation(before, 'ar'));
});

test('Escape stops the run, and the server sees it within 500 ms', async ({ runnel, provider }) => {
  slowly(provider);
  await selectBlocks(runnel.tab, '#p1', '#p2');
  await chooseMenuItem(runnel, 'translate-selection');
  await until('a block streams', () => runnel.tab.locator('[data-runnel=streaming]').count());
  await until('a request is open', () => openRequests(provider).length);
  await runnel.tab.bringToFront();
  const pressed = Date.now();
  await runnel.tab.keyboard.press('Escape');
  await until('the server sees the close', () => openRequests(provider).length === 0);
  for (const { closedAt } of chatRequests(provider)) expect(Number(closedAt) - pressed).toBeLessThan(500);
  await expect(runnel.tab.locator('[data-runnel=streaming], [data-runnel=waiting]')).toHaveCount(0);
});

for (const when of ['done', 'streaming'] as const) {
  test(`Show original restores the page exactly when the run is ${when}`, async ({ runnel, provider }) => {
    const { tab } = runnel;
    if (when === 'streaming') slowly(provider);
    const original = await tab.evaluate(() => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
      const nodes: Node[] = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      Object.assign(window, { nodesBefore: nodes });
      return document.documentElement.outerHTML;
    });
    await selectBlocks(tab, '#p1', '#linked');
    await chooseMenuItem(runnel, 'translate-selection');
    if (when === 'done') await waitForBlocks(runnel, /^done$/);
    else await until('a block streams', () => tab.locator('[data-runnel=streaming]').count());
    expect(await tab.evaluate(() => document.documentElement.outerHTML)).not.toBe(original);
    await chooseMenuItem(runnel, 'show-original', '');
    await expect.poll(() => tab.evaluate(() => document.documentElement.outerHTML)).toBe(original);
    const same = await tab.evaluate(() => {
      const { nodesBefore } = window as unknown as { nodesBefore: Node[] };
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
      let index = 0;
      while (walker.nextNode()) {
        if (nodesBefore[index] !== walker.currentNode) return `node ${index} is another one`;
        index += 1;
      }
      return index === nodesBefore.length;
    });
    expect(same).toBe(true);
    await until('nothing is asked any more', () => openRequests(provider).length === 0);
  });
}

test('a page with a strict policy is translated too', async ({ runnel, provider }) => {
  await runnel.tab.goto(`${provider.origin}/page/csp`);
  const before = (await runnel.tab.locator('#p1').allInnerTexts()).join('');
  runnel.troubles.length = 0;
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  expect(squeezed((await runnel.tab.locator('#p1').allInnerTexts()).join(''))).toBe(
    expectTranslation(before, 'es'),
  );
  expect(runnel.troubles).toEqual([]);
});

test('a page that cannot be scripted is translated in a view of ours, with a word why', async ({
  runnel,
}) => {
  const source = 'After Heraclitus';
  await runnel.tab.goto('chrome://version');
  await chooseMenuItem(runnel, 'translate-selection', source);
  const view = await runnel.openTab('sidepanel.html');
  const reply = articles(view).and(view.locator('[data-role=assistant]')).last();
  await expect(reply).toHaveAttribute('data-state', 'done');
  expect(squeezed(await messageText(reply))).toContain(expectTranslation(source, 'es'));
  await expect(view.getByRole('log')).toContainText(/cannot be changed/i);
});

test('the button in the popup translates the selection and closes the popup', async ({ runnel }) => {
  await selectBlocks(runnel.tab, '#p1');
  const popup = await runnel.openPopup();
  // The popup closes under the click.
  await button(popup.page, 'Translate selection')
    .click()
    .catch(() => {});
  await waitForBlocks(runnel, /^done$/);
  await until('the popup closes', async () => !(await popup.isOpen()));
});
