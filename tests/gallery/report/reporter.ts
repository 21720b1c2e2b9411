// Playwright's reporter for the gallery: a line for each page, the worst last. Silent in runs without the gallery.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

const folder = fileURLToPath(new URL('../../../.artifacts', import.meta.url));

/** Name of the annotation that carries a page's figures, as JSON. */
export const FIGURES = 'gallery';

export interface PageFigures {
  page: string;
  part: string;
  blocks: number;
  /** Sum of the browser's layout-shift entries. */
  shift: number;
  /** The most that it may be. */
  most: number;
  /** CSS pixels by which an element stood elsewhere when all was done. */
  moved: number;
}

export default class GalleryReporter implements Reporter {
  private readonly pages = new Map<string, PageFigures & { passed: boolean }>();

  onTestEnd(test: TestCase, result: TestResult): void {
    const found = [...result.annotations, ...test.annotations].findLast(({ type }) => type === FIGURES);
    if (!found?.description) return;
    const figures = JSON.parse(found.description) as PageFigures;
    this.pages.set(figures.page, { ...figures, passed: result.status === 'passed' });
  }

  onEnd(): void {
    if (this.pages.size === 0) return;
    const pages = [...this.pages.values()].sort((a, b) => a.shift - b.shift || a.page.localeCompare(b.page));
    const lines = pages.map(
      ({ page, part, blocks, shift, most, moved, passed }) =>
        `${page.padEnd(28)} ${part.padEnd(10)} ${String(blocks).padStart(4)} ${shift.toFixed(4).padStart(8)} ${most.toFixed(2).padStart(6)} ${moved.toFixed(1).padStart(7)}${passed ? '' : '  failed'}`,
    );
    const head = `${'page'.padEnd(28)} ${'part'.padEnd(10)} ${'blks'} ${'shift'.padStart(8)} ${'most'.padStart(6)} ${'moved'.padStart(7)}`;
    const worst = pages.at(-1);
    const text = [
      head,
      ...lines,
      `${pages.length} pages; most layout shift: ${worst?.shift.toFixed(4)}, ${worst?.page}`,
    ].join('\n');
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/gallery.txt`, `${text}\n`);
    console.log(`\n${text}`);
  }
}
