import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { colourFigure } from '../../lib/render/colour.ts';
import { createDecorator, type Parts } from '../../lib/render/decorate.ts';
import { findRuns } from '../../lib/render/highlight.ts';
import { decorateLater } from '../../lib/render/later.ts';
import { createMarkdownSink, renderMarkdown } from '../../lib/render/markdown-sink.ts';
import { createMath } from '../../lib/render/typeset.ts';
import { createOptions } from './render-options.ts';

const parts: Parts = { loadHighlighter: async () => findRuns, loadTypesetter: async () => createMath };

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
});

afterEach(() => root.remove());

function draw(text: string): HTMLElement {
  renderMarkdown(root, text, createOptions());
  const figure = root.querySelector<HTMLElement>('figure');
  if (!figure) throw new Error('no code');
  return figure;
}

test.each([
  ['ts', 'const a: number = 1; // "x"\n\nreturn `a`;'],
  ['html', '<p class="a">&amp; <script>let x = 1;</script></p>'],
  ['python', `# one\n${'def f(x):\n    return "a"\n'.repeat(90)}`],
  ['json', '{"a": [1, true, null]}'],
  ['diff', '- a\n+ b'],
])('colours in %s change no character and no box of lines', (language, code) => {
  const figure = draw(`\`\`\`${language}\n${code}\n\`\`\`\n`);
  const boxes = () => [...figure.querySelectorAll('.lines')].map((box) => box.textContent);
  const before = boxes();
  colourFigure(figure, findRuns);
  expect(boxes()).toEqual(before);
  const classes = new Set([...figure.querySelectorAll('code span span')].map(({ className }) => className));
  expect(classes.size).toBeGreaterThan(0);
  for (const name of classes)
    expect(name).toMatch(/^hl-(?:keyword|string|number|comment|title|type|name|meta)$/);
});

test.each([
  ['a language that nobody knows', '```nope\nconst a = 1;\n```'],
  ['a name that objects have', '```constructor\nx\n```'],
  ['no language', '```\nconst a = 1;\n```'],
  ['code of great length', `\`\`\`js\n${'let a = 1;\n'.repeat(3000)}\`\`\``],
])('%s stays as it is', (_name, text) => {
  const figure = draw(text);
  colourFigure(figure, findRuns);
  expect(figure.querySelector('code span span')).toBeNull();
});

test.each([
  ['\\href{https://e.example}{x}'],
  ['\\class{a}{x}'],
  ['\\style{color:red}{x}'],
  ['\\includegraphics{https://e.example/x.png}'],
  ['\\ref{x}'],
  ['\\def\\a{\\a\\a}\\a'],
  ['\\frac{1}'],
  [`${'{'.repeat(400)}x${'}'.repeat(400)}${'x'.repeat(4000)}`],
])('%s is no formula that is shown', (tex) => {
  expect(createMath(document, tex, false)).toBeUndefined();
});

test('a formula keeps layout, and no colour of its own', () => {
  const math = createMath(document, '\\color{red}\\frac{a}{b}\\begin{matrix}1\\\\2\\end{matrix}', true);
  expect(math?.getAttribute('display')).toBe('block');
  expect(math?.querySelectorAll('mfrac, mtable')).toHaveLength(2);
  expect(math?.outerHTML).not.toMatch(/color|url|href/);
});

test('parts are fetched once, when something needs them, and what waited is done then', async () => {
  const load = vi.fn(async () => createDecorator(root, parts));
  const decorator = decorateLater(load);
  const sink = createMarkdownSink(root, {
    ...createOptions(),
    typeset: (tex, display) => decorator.typeset(tex, display),
    finished: (elements) => decorator.finished(elements),
  });
  sink.append('Plain words.\n\nMore of them.\n\n');
  expect(load).not.toHaveBeenCalled();
  sink.append('One $x^2$.\n\n```js\nlet a = 1;\n```\n\nTwo $y$.\n\n$$z$$\n\nThen');
  expect(load).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(root.querySelectorAll('math')).toHaveLength(3));
  await vi.waitFor(() => expect(root.querySelector('.hl-keyword')?.textContent).toBe('let'));
  sink.append(' $w$ at once');
  expect(root.querySelectorAll('math')).toHaveLength(4);
  sink.end();
  expect(load).toHaveBeenCalledTimes(1);
  decorator.dispose();
});

test('an answer stays as it is written where a part cannot be fetched', async () => {
  const decorator = decorateLater(async () => {
    throw new Error('gone');
  });
  renderMarkdown(root, 'One $x^2$.', {
    ...createOptions(),
    typeset: (tex, display) => decorator.typeset(tex, display),
    finished: (elements) => decorator.finished(elements),
  });
  await Promise.resolve();
  expect(root.textContent).toBe('One $x^2$.');
  decorator.dispose();
});
