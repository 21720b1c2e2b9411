// What a reader sees while a block is written: new text beside the rest of the original, elements in the order of the new sentence.
import { expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import { selectBlocks, squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';

const swapped =
  'Einen <2>Runnel</2> nennen Geographen den nächsten Lauf, über den ein Schritt genügt, einen <1>Rill</1> den kleinsten.';

/** The dimmed text of the page, the colour it has, and 45 % of the page's own. */
const DIMMED = () => {
  const block = document.querySelector('#linked') ?? document.body;
  const { color } = getComputedStyle(block, '::highlight(runnel-rest)');
  const sample = document.body.appendChild(document.createElement('i'));
  sample.style.color = `color-mix(in srgb, ${getComputedStyle(block).color} 45%, transparent)`;
  const wanted = getComputedStyle(sample).color;
  sample.remove();
  return { text: [...(CSS.highlights.get('runnel-rest') ?? [])].map(String), color, wanted };
};
const children = () =>
  [...(document.querySelector('#linked')?.children ?? [])].map(({ localName }) => localName).join(' ');

test('the rest of the original stays to be read, dimmed, until the translation covers it', async ({
  runnel,
  provider,
}) => {
  const { tab } = runnel;
  const original = squeezed((await tab.locator('#linked').textContent()) ?? '');
  const before = await tab.evaluate(() => document.body.outerHTML);
  provider.planFor(({ path }) => path.endsWith('/chat/completions'), {
    text: swapped,
    rate: 60,
    stallAfter: 14,
  });
  await selectBlocks(tab, '#linked');
  await chooseMenuItem(runnel, 'translate-selection');
  const now = await until('the reply stands still', async () => {
    const text = squeezed((await tab.locator('#linked').textContent()) ?? '');
    return /Geographen/.test(text) && text;
  });
  expect(now).toMatch(/^EinenRunnel/);
  expect(now).toContain(original.slice(-40));
  const { text, color, wanted } = await tab.evaluate(DIMMED);
  expect(text.length).toBeGreaterThan(0);
  for (const rest of text) expect(rest).not.toMatch(/Runnel|nennen/);
  expect(text.join('')).toContain('easy to overlook');
  // 45 % of the page's own colour.
  expect(color).toBe(wanted);
  expect(await tab.evaluate(children)).toBe('em a');
  await test.info().attach('streaming', { body: await tab.screenshot(), contentType: 'image/png' });
  await tab.keyboard.press('Escape');
  await waitForBlocks(runnel, /^partial$/);
  expect((await tab.evaluate(DIMMED)).text.join('')).toContain('easy to overlook');
  await chooseMenuItem(runnel, 'show-original', '');
  await expect.poll(() => tab.evaluate(() => document.body.outerHTML)).toBe(before);
  expect((await tab.evaluate(DIMMED)).text).toEqual([]);
});

test('elements stand in the order of the translation, the same ones, and go back', async ({
  runnel,
  provider,
}) => {
  const { tab } = runnel;
  provider.planFor(({ path }) => path.endsWith('/chat/completions'), { text: swapped });
  const before = await tab.evaluate(() => document.body.outerHTML);
  await tab.evaluate(() => {
    document.querySelector('#linked a')?.addEventListener('click', (event) => {
      event.preventDefault();
      document.title = 'clicked';
    });
  });
  await selectBlocks(tab, '#linked');
  await tab.locator('#linked a').focus();
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  await expect(tab.locator('#linked')).toHaveText(swapped.replaceAll(/<\/?\d>/g, ''));
  expect(await tab.evaluate(children)).toBe('em a');
  expect(await tab.evaluate(() => document.activeElement?.localName)).toBe('a');
  expect((await tab.evaluate(DIMMED)).text).toEqual([]);
  await tab.locator('#linked a').click();
  expect(await tab.title()).toBe('clicked');
  await chooseMenuItem(runnel, 'show-original', '');
  await expect.poll(() => tab.evaluate(() => document.body.outerHTML)).toBe(before);
});

test('lost marks leave plain text, and the control says so', async ({ runnel, provider }) => {
  const { tab } = runnel;
  provider.planFor(({ path }) => path.endsWith('/chat/completions'), { text: 'Nur <1>Text</1>.' });
  await selectBlocks(tab, '#linked');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  await expect(tab.locator('#linked')).toHaveText('Nur Text.');
  await expect(tab.locator('#linked a')).toHaveText('');
});

test('nothing on the page jumps while a paragraph is written', async ({ runnel, provider }) => {
  const { tab } = runnel;
  provider.planFor(() => true, { rate: 40 });
  await tab.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift' });
  });
  await selectBlocks(tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^streaming$/);
  await waitForBlocks(runnel, /^done$/);
  const sum = await tab.evaluate(() =>
    (window as unknown as { shifts: number[] }).shifts.reduce((total, value) => total + value, 0),
  );
  console.info(`layout shift of a paragraph: ${sum.toFixed(4)}`);
  expect(sum).toBeLessThanOrEqual(0.02);
});
