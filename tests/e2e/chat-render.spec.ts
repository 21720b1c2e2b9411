// Answers as they are drawn by the built extension: formulas, colours, footnotes, what scrolls, and what is not let in.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { createHostile } from '../fixtures/hostile.ts';
import { expect, test } from './harness/fixtures.ts';
import type { Runnel } from './harness/launch.ts';
import { picture, showScheme } from './harness/picture.ts';
import { expectState, lastReply, replies, send } from './harness/ui.ts';
import { until } from './harness/until.ts';

const WIDE_LINE = `const long = "${'all of one line and no end of it, '.repeat(12)}";`;

const RICH = [
  '# Everything an answer can hold',
  'Money is no formula: it costs $5 and $10, or US$7. But $E = mc^2$ is one, and so is \\(\\sqrt{a^2 + b^2}\\).',
  '$$\n\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}\n$$',
  '\\[\n\\begin{aligned}\nf(x) &= (x + 1)^2 \\\\\n&= x^2 + 2x + 1\n\\end{aligned}\n\\]',
  'What cannot be read stays: $\\notacommand{x}$.',
  '$$\nA = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}, \\quad \\sum_{i=1}^{n} i = \\boxed{\\frac{n(n+1)}{2}}\n$$',
  `\`\`\`ts\n// A comment\nexport async function open(name: string, count = 3): Promise<void> {\n  if (count > 0) await run(\`\${name}!\`, /x+/g);\n}\n${WIDE_LINE}\n\`\`\``,
  '```python\n@cached\nclass Stream(Base):\n    """Words of it."""\n    def __init__(self, rate: float = 1.5):\n        self.rate = rate  # per second\n        return None\n```',
  '```json\n{ "name": "runnel", "size": 12, "open": true }\n```',
  '- [x] done **well**\n- [ ] open\n  1. first\n  2. second\n     - deep\n       - deeper',
  `| name | ${Array.from({ length: 9 }, (_, index) => `a long heading ${index}`).join(' | ')} |\n|${'---|'.repeat(10)}\n| brook | ${Array.from({ length: 9 }, (_, index) => `${index}`).join(' | ')} |`,
  '| small | table |\n|:--|--:|\n| a | 1 |',
  'A claim[^1] and another[^more]. See [the paper][paper] ~~or not~~, https://bare.example/x and ![a picture](https://pictures.example/x.png).',
  '> A quote\n> with a line break',
  '[^1]: The first note, with `code`.\n[^more]: The second note.',
  '[paper]: https://papers.example/1',
].join('\n\n');

/** An answer of that text in the side panel's page. */
async function answer(
  runnel: Runnel,
  provider: { plan(plan: object): void },
  text: string,
  rate = 0,
): Promise<{ page: Page; reply: Locator }> {
  const page = await runnel.openTab('sidepanel.html');
  provider.plan({ text, rate });
  await send(page, 'Show it');
  return { page, reply: lastReply(page) };
}

/** High enough for all of it: what is out of sight is not drawn. */
const sizes = [
  { width: 320, height: 2400 },
  { width: 420, height: 2200 },
  { width: 1100, height: 2100 },
];

test('formulas, colours, footnotes and late links are there when the answer is whole', async ({
  runnel,
  provider,
}) => {
  const { page, reply } = await answer(runnel, provider, RICH);
  await expectState(reply, 'done');
  await page.setViewportSize({ width: 420, height: 4000 });
  await expect(reply.locator('math')).toHaveCount(5);
  await expect(reply.locator('math[display=block]')).toHaveCount(3);
  const fraction = await reply.locator('math[display=block] mfrac').first().boundingBox();
  expect(fraction?.height).toBeGreaterThan(20);
  await expect(reply).toContainText('it costs $5 and $10, or US$7.');
  await expect(reply).toContainText('$\\notacommand{x}$');
  await expect(reply.locator('figure.coloured')).toHaveCount(3);
  for (const kind of ['keyword', 'string', 'comment', 'number', 'title'])
    await expect(reply.locator(`.hl-${kind}`).first()).toBeVisible();
  expect(await reply.locator('figure.code code').nth(2).textContent()).toBe(
    '{ "name": "runnel", "size": 12, "open": true }',
  );
  await expect(reply.getByRole('link', { name: 'the paper' })).toHaveAttribute(
    'href',
    'https://papers.example/1',
  );
  await expect(reply.getByText('[image: pictures.example]')).toBeVisible();
  await picture(page, 'render-rich', { sizes });
  for (const colorScheme of ['light', 'dark'] as const) {
    await showScheme(page, colorScheme);
    const { violations, passes } = await new AxeBuilder({ page }).include('[role=log]').analyze();
    expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    // Colours of code among what was looked at.
    const contrast = passes.find(({ id }) => id === 'color-contrast');
    expect(contrast?.nodes.some(({ html }) => html.includes('hl-'))).toBe(true);
  }
  expect(runnel.troubles).toEqual([]);
});

test('a footnote is reached and left by keyboard, and what overflows is a tab stop', async ({
  runnel,
  provider,
}) => {
  const { page, reply } = await answer(runnel, provider, RICH);
  await expectState(reply, 'done');
  await page.setViewportSize({ width: 420, height: 4000 });
  await expect(reply.locator('figure.coloured')).toHaveCount(3);
  const reference = reply.getByRole('link', { name: 'Footnote 2' });
  await reference.focus();
  await page.keyboard.press('Enter');
  await expect(reply.locator('.footnotes li').nth(1)).toBeFocused();
  await page.keyboard.press('Tab');
  const back = reply.getByRole('button', { name: 'Back to where footnote 2 is named' });
  await expect(back).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reference).toBeFocused();
  expect(page.url()).not.toContain('#');

  const stops = (css: string) =>
    reply.locator(css).evaluateAll((all) => all.map((one) => one.getAttribute('tabindex')));
  await expect.poll(() => stops('.table-scroll')).toEqual(['0', null]);
  await expect.poll(() => stops('figure.code pre')).toEqual(['0', null, null]);

  const figure = reply.locator('figure.code').first();
  const wrap = figure.getByRole('button', { name: 'Wrap lines' });
  await wrap.focus();
  await expect(reply.locator('button.wrap:visible')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(wrap).toHaveAttribute('aria-pressed', 'true');
  expect(await figure.locator('pre').evaluate((pre) => pre.scrollWidth <= pre.clientWidth)).toBe(true);
  await page.keyboard.press('Enter');
  expect(await figure.locator('pre').evaluate((pre) => pre.scrollWidth > pre.clientWidth)).toBe(true);
});

test('lists, tables and the empty box are read as what is in or around them', async ({
  runnel,
  provider,
}) => {
  const { page, reply } = await answer(
    runnel,
    provider,
    '1. first\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n- أولًا\n\n| اسم | حجم |\n|--|--|\n| جدول | 2 |',
  );
  await expectState(reply, 'done');
  const directions = () =>
    reply
      .locator('ol, ul, .table-scroll')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
  expect(await directions()).toEqual(['ltr', 'ltr', 'rtl', 'rtl']);
  // The same where the words around are read the other way.
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  expect(await directions()).toEqual(['ltr', 'ltr', 'rtl', 'rtl']);
  const box = page.locator('.composer textarea');
  const readBox = () => box.evaluate((one) => getComputedStyle(one).direction);
  expect(await readBox()).toBe('rtl');
  await box.fill('Hello');
  expect(await readBox()).toBe('ltr');
});

test('half of a formula, a block of code and a table look like what they become', async ({
  runnel,
  provider,
}) => {
  const text =
    'It is $E = mc^2$ and it costs $5 a month.\n\n$$\n\\frac{a}{b} + c\n$$\n\n```js\nconst a = 1;\n```\n\nThe end.';
  const { page, reply } = await answer(runnel, provider, text, 12);
  const shown = new Set<string>();
  await until('the answer is whole', async () => {
    shown.add(String(await reply.locator('.prose > .group').first().textContent()));
    return (await reply.getAttribute('data-state')) === 'done';
  });
  // As it is written for as long as the typesetter loads, but never half of it.
  for (const now of shown) expect(now).not.toMatch(/\$E[^$]*$/);
  await expect(reply.locator('math')).toHaveCount(2);
  await expect(reply.locator('figure.coloured')).toHaveCount(1);
  expect(page.url()).toContain('sidepanel.html');
});

test('hostile answers ask nobody for anything and run nothing', async ({ runnel, provider }) => {
  test.setTimeout(90_000);
  const evil = `${provider.origin}/evil`;
  const texts = createHostile().filter(({ length }) => length < 1000);
  const asked: string[] = [];
  runnel.context.on('request', (request) => {
    if (!/^(?:chrome-extension|data):/.test(request.url())) asked.push(request.url());
  });
  const popup = await runnel.openPopup();
  const address = popup.page.url();
  const GROUPS = 8;
  for (let group = 0; group < GROUPS; group++) {
    const chosen = texts.filter((_, index) => index % 60 === group * 7);
    provider.plan({ text: chosen.join('\n\n***\n\n').replaceAll('https://evil.example', evil), rate: 0 });
    await send(popup.page, 'Go on');
    await expect(replies(popup.page)).toHaveCount(group + 1);
    await expectState(lastReply(popup.page), 'done');
  }
  const found = await popup.page.evaluate(() => {
    const all = [...document.querySelectorAll('[role=log] .prose *')];
    const bad =
      'img, image, script, iframe, svg, object, embed, video, audio, form, link, style, base, meta, template, details';
    return {
      count: all.length,
      elements: all.filter((element) => element.matches(bad)).map(({ outerHTML }) => outerHTML),
      handlers: all.flatMap(({ attributes }) => [...attributes].filter(({ name }) => name.startsWith('on')))
        .length,
      addresses: all
        .map((element) => element.getAttribute('href'))
        .filter((href) => href !== null && !/^(?:https?:|mailto:|#note-\d+-\d+$)/.test(href)),
      hit: 'hit' in globalThis,
    };
  });
  expect(found.count).toBeGreaterThan(500);
  expect(found).toMatchObject({ elements: [], handlers: 0, addresses: [], hit: false });
  expect(asked.filter((url) => !url.startsWith(`${provider.origin}/v1/`) && !url.endsWith('/demo'))).toEqual(
    [],
  );
  expect(provider.journal.filter(({ path }) => path.includes('evil'))).toEqual([]);
  expect(popup.page.url()).toBe(address);
});
