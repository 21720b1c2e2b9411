// Playwright's reporter for the table of faults: says at the end of a run what its rows found, and writes it down. Silent in runs without rows.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FullConfig, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { RECORD, type RowRecord } from '../harness/record.ts';
import { formatFigures, type RowResult, sumUp } from './figures.ts';
import { elsewhere, notYet } from './not-yet.ts';

const folder = fileURLToPath(new URL('../../../.artifacts/faults', import.meta.url));

export default class FaultReporter implements Reporter {
  private readonly results = new Map<string, RowResult>();

  onBegin(_config: FullConfig, suite: Suite): void {
    if (!suite.allTests().some(isRow)) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (!isRow(test)) return;
    const found = [...result.annotations, ...test.annotations].findLast(({ type }) => type === RECORD);
    const record = found?.description ? (JSON.parse(found.description) as RowRecord) : undefined;
    const row = { name: test.title, passed: result.status === 'passed', record };
    // A row that was tried again counts by its last try.
    this.results.set(test.id, row);
    const file = `${test.title.replaceAll(/[^\w]+/g, '-').slice(0, 80)}.json`;
    writeFileSync(join(folder, file), JSON.stringify({ ...row, durationMs: result.duration }, null, 2));
  }

  onEnd(): void {
    if (this.results.size === 0) return;
    const figures = sumUp([...this.results.values()]);
    const text = formatFigures(figures, { notYet, elsewhere });
    writeFileSync(join(folder, 'report.txt'), `${text}\n`);
    writeFileSync(join(folder, 'report.json'), JSON.stringify({ ...figures, notYet, elsewhere }, null, 2));
    console.log(`\n${text}`);
  }
}

/** Rows begin with their id; what else is tested beside them is no row. */
function isRow(test: TestCase): boolean {
  return test.parent.project()?.name === 'faults' && /^[A-Z]x?\d+ /.test(test.title);
}
