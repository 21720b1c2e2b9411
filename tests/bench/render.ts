// The markdown writer in a real page: main-thread time of one frame at growing lengths of the answer, beside the ways that others show one.
import { readFile } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { expectBrowser, root } from '../e2e/harness/places.ts';
import { createProse } from './prose.ts';
import type { Bench } from './render-page.ts';
import { median, type Row, toRow } from './report.ts';

const LENGTHS = [500, 2_000, 10_000, 50_000, 100_000];
/** 200 tokens a second at 60 frames a second. */
const TOKENS_A_FRAME = 3.3;
const CHARS_A_TOKEN = 4;
const STEP = Math.round(TOKENS_A_FRAME * CHARS_A_TOKEN);

interface Contestant {
  name: string;
  what: string;
  text(tokens: number): string;
  runs: number;
  frames: number;
}

/** With a formula in every list item, which all are different. */
function createRich(tokens: number): string {
  let count = 0;
  return createProse(tokens).replace(/\*\*strong\*\*/g, () => `$x_{${++count}} = \\frac{a}{${count}}$`);
}

const contestants: readonly Contestant[] = [
  { name: 'ours', what: 'ours', text: createProse, runs: 5, frames: 40 },
  { name: 'ours', what: 'ours, with formulas', text: createRich, runs: 3, frames: 90 },
  { name: 'bare', what: 'bare writer of text', text: createProse, runs: 3, frames: 40 },
  { name: 'streaming', what: 'streaming-markdown', text: createProse, runs: 2, frames: 20 },
  { name: 'reparse', what: 'marked, all of it again', text: createProse, runs: 1, frames: 9 },
  { name: 'react', what: 'react-markdown', text: createProse, runs: 1, frames: 7 },
];

async function bundle(): Promise<string> {
  const output = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      rollupOptions: {
        input: new URL('render-page.ts', import.meta.url).pathname,
        output: { format: 'iife' },
      },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (!first || !('output' in first)) throw new Error('nothing was bundled');
  return first.output[0].code;
}

/** The median of a frame in each run, ms. */
async function measure(page: Page, contestant: Contestant, tokens: number): Promise<number[]> {
  const { name, text, runs, frames } = contestant;
  const tail = `\n\n${text(1000)}`;
  const medians: number[] = [];
  for (let run = 0; run < runs; run++) {
    const times = await page.evaluate(
      ([writer, head, more, count, size]) =>
        (globalThis as unknown as { bench: Bench }).bench.measure(writer, head, more, count, size),
      [name, text(tokens), tail, frames, STEP] as const,
    );
    medians.push(median(times));
  }
  return medians;
}

/** What is asked of ours: that it does not grow with the answer, and what it is beside a peer. */
function targetOf({ what }: Contestant, tokens: number): string | undefined {
  if (what.startsWith('ours') && tokens === 100_000) return '≤ 1.5 × the cost at 500';
  return what === 'react-markdown' && tokens === 10_000 ? '≥ 15 × ours' : undefined;
}

async function measureAll(page: Page): Promise<Row[]> {
  const rows: Row[] = [];
  const ours = new Map<number, number>();
  for (const contestant of contestants) {
    let atFirst: number | undefined;
    for (const tokens of LENGTHS) {
      const values = await measure(page, contestant, tokens);
      const cost = median(values);
      atFirst ??= cost;
      if (contestant.what === 'ours') ours.set(tokens, cost);
      // Ours against ours at the shortest; the others against ours at the same length.
      const isOurs = contestant.name === 'ours';
      const ratio = cost / (isOurs ? atFirst : (ours.get(tokens) ?? Number.NaN));
      const target = targetOf(contestant, tokens);
      const what = `${contestant.what}: a frame at ${tokens} tokens`;
      rows.push(toRow(what, 'ms', values, { ratio, ...(target ? { target } : {}) }));
    }
  }
  return rows;
}

export async function runRenderBench(): Promise<Row[]> {
  const browser = await chromium.launch({ executablePath: expectBrowser('CHROMIUM') });
  try {
    const page = await browser.newPage({ viewport: { width: 420, height: 600 } });
    await page.addScriptTag({ content: await bundle() });
    const css = await Promise.all(
      ['tokens', 'prose', 'formula'].map((name) => readFile(`${root}components/style/${name}.css`, 'utf8')),
    );
    await page.evaluate(
      (sheet) => (globalThis as unknown as { bench: Bench }).bench.start(sheet),
      css.join('\n'),
    );
    return await measureAll(page);
  } finally {
    await browser.close();
  }
}
