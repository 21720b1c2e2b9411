// The markdown writer in a real page: main-thread time of one frame at growing lengths of the answer, and of a whole answer.
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { expectBrowser, root } from '../e2e/harness/places.ts';
import { createProse } from './prose.ts';
import { type Row, toRow } from './report.ts';

const LENGTHS = [500, 2_000, 10_000, 50_000, 100_000];
const FRAMES = 40;
/** 200 tokens a second at 60 frames a second. */
const TOKENS_A_FRAME = 3.3;
const CHARS_A_TOKEN = 4;

interface Bench {
  start(css: string): void;
  /** Feeds `text` in one go, then measures `frames` appends of `step` characters with their layout; ms each. */
  measure(text: string, tail: string, frames: number, step: number): Promise<number[]>;
}

const ENTRY = `
import { createMarkdownSink } from '/lib/render/markdown-sink.ts';
const options = { labels: { copy: 'Copy', copied: 'Copied', image: 'image' }, copyText: async () => {} };
globalThis.bench = {
  start(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  },
  async measure(text, tail, frames, step) {
    const root = document.createElement('div');
    root.className = 'prose';
    document.body.replaceChildren(root);
    const sink = createMarkdownSink(root, options);
    const every = 20000;
    for (let i = 0; i < text.length; i += every) sink.append(text.slice(i, i + every));
    const times = [];
    for (let frame = 0; frame < frames; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const begin = performance.now();
      sink.append(tail.slice(frame * step, (frame + 1) * step));
      scrollTo(0, document.documentElement.scrollHeight);
      void root.offsetHeight;
      times.push(performance.now() - begin);
    }
    return times;
  },
};`;

async function bundle(): Promise<string> {
  const output = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) =>
          id === 'bench-entry' ? id : id.startsWith('/lib/') ? `${root}${id.slice(1)}` : null,
        load: (id) => (id === 'bench-entry' ? ENTRY : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      rollupOptions: { input: 'bench-entry', output: { format: 'iife' } },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (!first || !('output' in first)) throw new Error('nothing was bundled');
  return first.output[0].code;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function measureLengths(page: Page): Promise<Row[]> {
  const step = Math.round(TOKENS_A_FRAME * CHARS_A_TOKEN);
  const perLength = new Map<number, number[]>(LENGTHS.map((length) => [length, []]));
  for (let run = 0; run < 5; run++) {
    for (const length of LENGTHS) {
      const text = createProse(length);
      const tail = `\n\n${createProse(1000)}`;
      const times = await page.evaluate(
        ([head, more, frames, size]) =>
          (globalThis as unknown as { bench: Bench }).bench.measure(head, more, frames, size),
        [text, tail, FRAMES, step] as const,
      );
      perLength.get(length)?.push(median(times));
    }
  }
  const base = median(perLength.get(500) ?? []);
  return LENGTHS.map((length) => {
    const values = perLength.get(length) ?? [];
    const more = length === 100_000 ? { target: '≤ 1.5 × the cost at 500' } : {};
    return toRow(`a frame at ${length} tokens`, 'ms', values, { ratio: median(values) / base, ...more });
  });
}

export async function runRenderBench(): Promise<Row[]> {
  const { readFile } = await import('node:fs/promises');
  const browser = await chromium.launch({ executablePath: expectBrowser('CHROMIUM') });
  try {
    const page = await browser.newPage({ viewport: { width: 420, height: 600 } });
    await page.addScriptTag({ content: await bundle() });
    const css = await Promise.all(
      ['tokens', 'prose'].map((name) => readFile(`${root}components/style/${name}.css`, 'utf8')),
    );
    await page.evaluate(
      (sheet) => (globalThis as unknown as { bench: Bench }).bench.start(sheet),
      css.join('\n'),
    );
    return await measureLengths(page);
  } finally {
    await browser.close();
  }
}
