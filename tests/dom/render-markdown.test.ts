import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMarkdownSink, renderMarkdown } from '../../lib/render/markdown-sink.ts';
import { createOptions } from './render-options.ts';

const copyText = vi.fn((_text: string) => Promise.resolve());
const options = createOptions({ copyText });

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
  copyText.mockClear();
});

afterEach(() => {
  vi.useRealTimers();
});

function html(text: string): string {
  root.replaceChildren();
  renderMarkdown(root, text, options);
  return (root.firstElementChild?.innerHTML ?? '')
    .replaceAll(' dir="auto"', '')
    .replaceAll(' class="block"', '');
}

test.each([
  ['# One\n###### Six', '<h1>One</h1><h6>Six</h6>'],
  [
    'a **b** *c* ~~d~~ `e`',
    '<p>a <strong>b</strong> <em>c</em> <del>d</del> <code translate="no">e</code></p>',
  ],
  ['a\nb  \nc', '<p>a<br>b<br>c</p>'],
  ['> a\n> > b', '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>'],
  ['3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
  ['- a\n  - b', '<ul><li>a<ul><li>b</li></ul></li></ul>'],
  ['- a\n\n- b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
  ['---', '<hr>'],
  ['&lt;b&gt; &amp;amp; &copy; \\&lt;', '<p>&lt;b&gt; &amp;amp; © &amp;lt;</p>'],
  ['`&amp;`', '<p><code translate="no">&amp;amp;</code></p>'],
  ['![alt](https://i.example/x.png)', '<p><span class="image">[image: i.example]</span></p>'],
  ['[a](javascript:alert(1)) [b](/x)', '<p>a b</p>'],
  ['[a](javascript&colon;alert(1))', '<p>a</p>'],
  ['<b>x</b>', '<p>&lt;b&gt;x&lt;/b&gt;</p>'],
])('renders %j', (text, expected) => {
  expect(html(text)).toBe(expected);
});

test('a link says where it leads unless its text does', () => {
  html('[good.example](https://evil.example/?a=1&amp;b=2) https://plain.example/x');
  const [first, second] = root.querySelectorAll('a');
  expect(first?.getAttribute('href')).toBe('https://evil.example/?a=1&b=2');
  expect(first?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
  expect(first?.getAttribute('target')).toBe('_blank');
  expect(first?.getAttribute('referrerpolicy')).toBe('no-referrer');
  expect(first?.nextElementSibling?.className).toBe('host');
  expect(first?.nextElementSibling?.textContent).toBe('(evil.example)');
  expect(second?.textContent).toBe('https://plain.example/x');
  expect(root.querySelectorAll('.host')).toHaveLength(1);
});

test('a definition serves the blocks after it', () => {
  html('[r]: https://r.example\n\nsee [r]\n\n- [text][r]');
  expect([...root.querySelectorAll('a')].map((anchor) => anchor.href)).toEqual([
    'https://r.example/',
    'https://r.example/',
  ]);
});

test('task boxes cannot be pressed and have the words beside them as their name', () => {
  html('- [ ] open **task**\n- [x] done');
  const boxes = [...root.querySelectorAll('input')];
  expect(boxes.map((box) => [box.type, box.disabled, box.checked, box.getAttribute('aria-label')])).toEqual([
    ['checkbox', true, false, 'open task'],
    ['checkbox', true, true, 'done'],
  ]);
});

test('a table scrolls by keyboard, has a name, and aligns by class', () => {
  html('| a | b |\n|:-:|--:|\n| 1 | 2 |');
  const scroller = root.querySelector('.table-scroll');
  expect(scroller?.getAttribute('tabindex')).toBe('0');
  expect(scroller?.getAttribute('aria-label')).toBe('a, b');
  expect([...root.querySelectorAll('td')].map((cell) => cell.className)).toEqual([
    'align-center',
    'align-right',
  ]);
  expect(root.querySelector('[style]')).toBeNull();
});

test('code has its language, and a button that copies all of it and says so for two seconds', async () => {
  vi.useFakeTimers();
  const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`).join('\n');
  html(`\`\`\`ts title\n${lines}\n\`\`\`\n`);
  expect(root.querySelector('.language')?.textContent).toBe('ts');
  const button = root.querySelector<HTMLButtonElement>('button.copy');
  expect(button?.type).toBe('button');
  button?.click();
  expect(copyText).toHaveBeenCalledWith(lines);
  await vi.advanceTimersByTimeAsync(1);
  expect(button?.textContent).toBe('Copied');
  await vi.advanceTimersByTimeAsync(2000);
  expect(button?.textContent).toBe('Copy');
});

test('a clipboard that refuses leaves the label as it is', async () => {
  copyText.mockRejectedValueOnce(new Error('denied'));
  html('```\nx\n```');
  root.querySelector<HTMLButtonElement>('button.copy')?.click();
  await vi.waitFor(() => expect(copyText).toHaveBeenCalled());
  await Promise.resolve();
  expect(root.querySelector('button.copy')?.textContent).toBe('Copy');
});

test('an open fence is appended to: nodes stay, and one grows', () => {
  const sink = createMarkdownSink(root, options);
  sink.append('```js\nfirst');
  const code = root.querySelector('code');
  const text = code?.firstChild?.firstChild;
  expect(text?.nodeValue).toBe('first');
  for (let line = 0; line < 40; line++) sink.append(` more\nline ${line}`);
  expect(root.querySelector('code')).toBe(code);
  expect(code?.firstChild?.firstChild).toBe(text);
  expect(text?.nodeValue?.startsWith('first more\nline 0 more')).toBe(true);
  sink.append('\n``');
  expect(code?.textContent.endsWith('line 39')).toBe(true);
  sink.append('`\n\nafter');
  sink.end();
  expect(code?.firstChild?.firstChild).toBe(text);
  expect(code?.textContent.split('\n')).toHaveLength(41);
  expect(root.querySelector('.group > :last-child')?.textContent).toBe('after');
});

test('a long fence is kept in boxes, and only the last one is written to', async () => {
  const sink = createMarkdownSink(root, options);
  sink.append(`\`\`\`\n${'line\n'.repeat(500)}`);
  const touched = new Set<Node>();
  const observer = new MutationObserver((records) => {
    for (const record of records) touched.add(record.target);
  });
  observer.observe(root, { subtree: true, childList: true, characterData: true });
  for (let index = 0; index < 10; index++) sink.append('x');
  await Promise.resolve();
  observer.disconnect();
  expect(touched.size).toBe(1);
  expect(root.querySelectorAll('.lines').length).toBeGreaterThan(5);
});

test('closed blocks are never touched again', async () => {
  const sink = createMarkdownSink(root, options);
  sink.append('# Title\n\nFirst **para**.\n\n- a\n- b\n\nThen');
  const blocks = () => [...root.querySelectorAll('.group > *')];
  const closed = blocks().slice(0, 3);
  expect(closed.map((element) => element.classList.contains('block'))).toEqual([true, true, true]);
  expect(blocks().at(-1)?.classList.contains('block')).toBe(false);
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((batch) => void records.push(...batch));
  for (const element of closed) {
    observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
  }
  for (const text of [' more *text*', '\n\n```\ncode', '\n```\n', '> quote', '\n\nend']) sink.append(text);
  sink.end();
  await Promise.resolve();
  observer.disconnect();
  expect(records).toEqual([]);
  expect(blocks().slice(0, 3)).toEqual(closed);
  expect(blocks().at(-1)?.classList.contains('block')).toBe(true);
});

test('many blocks are kept in groups that are full one after the other', () => {
  const sink = createMarkdownSink(root, options);
  for (let index = 0; index < 70; index++) sink.append(`Paragraph ${index}.\n\n`);
  sink.end();
  expect([...root.children].map((group) => [group.className, group.childElementCount])).toEqual([
    ['group full', 32],
    ['group full', 32],
    ['group', 6],
  ]);
});

test('items of an open list stay while it grows', () => {
  const sink = createMarkdownSink(root, options);
  sink.append('- one\n- two\n- three');
  const [first, second] = root.querySelectorAll('li');
  for (const text of [' more **words', '**', '\n- fo', 'ur\n', '- five']) sink.append(text);
  expect(root.querySelectorAll('li')[0]).toBe(first);
  expect(root.querySelectorAll('li')[1]).toBe(second);
  expect(root.querySelectorAll('li')).toHaveLength(5);
});

test('plain words are appended to the paragraph that is open', () => {
  const sink = createMarkdownSink(root, options);
  sink.append('One **two** three');
  const last = root.querySelector('p')?.lastChild;
  sink.append(' four');
  sink.append(' ');
  sink.append('five');
  expect(root.querySelector('p')?.lastChild).toBe(last);
  expect(last?.nodeValue).toBe(' three four five');
});

test('half-written marks do not show', () => {
  const sink = createMarkdownSink(root, options);
  const seen: string[] = [];
  for (const char of 'A **bold** and `code` and [link](https://e.example/path) end') {
    sink.append(char);
    seen.push(root.textContent);
  }
  expect(seen.filter((text) => /[*`\][]|\(https/.test(text))).toEqual([]);
});

test('what goes too deep or too far is shown as text, without an error', () => {
  html(`${'> '.repeat(40)}deep`);
  expect(root.querySelectorAll('blockquote').length).toBeLessThanOrEqual(32);
  expect(root.textContent).toContain('deep');
  html(`${'>'.repeat(5000)}deeper`);
  expect(root.textContent).toContain('deeper');
  html('**a** '.repeat(990).concat('\n- **b** *c* `d`'.repeat(8000)));
  expect(root.querySelectorAll('*').length).toBeLessThan(5000);
  expect(root.textContent).toContain('- **b**');
  html('_a'.repeat(50_000));
  expect(root.textContent).toHaveLength(100_000);
});
