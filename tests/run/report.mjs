// Counts. A tool step is one test; vitest and Playwright are counted from their own JSON reports.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{passed: number, failed: number, skipped: number, failures: string[], notes: string[]}} Count */

/** @returns {Count} */
export function emptyCount() {
  return { passed: 0, failed: 0, skipped: 0, failures: [], notes: [] };
}

/** @param {Count[]} counts @returns {Count} */
export function addCounts(counts) {
  const sum = emptyCount();
  for (const count of counts) {
    sum.passed += count.passed;
    sum.failed += count.failed;
    sum.skipped += count.skipped;
    sum.failures.push(...count.failures);
    sum.notes.push(...count.notes);
  }
  return sum;
}

/** A tool that only passes or fails. @returns {Count} */
export function countStep(name, result) {
  if (result.ok) return { ...emptyCount(), passed: 1 };
  return { ...emptyCount(), failed: 1, failures: [`${name}: ${result.why}`] };
}

/**
 * A runner with a JSON report. A runner that failed without a failed test (a crash, a time limit, an error outside a test,
 * no report at all) counts as one failure, so that nothing is ever lost.
 * @returns {Count}
 */
export function countRunner(name, result, file, read) {
  let count = emptyCount();
  let why = result.why;
  if (existsSync(file)) {
    try {
      count = read(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      why = `unreadable report: ${error.message}`;
    }
  } else {
    why ||= 'no report was written';
  }
  if (count.passed + count.failed === 0) why ||= 'no test was run';
  if (why && count.failed === 0) {
    count.failed += 1;
    count.failures.push(`${name}: ${why}`);
  }
  return count;
}

/** @returns {Count} */
export function readVitest(report) {
  const count = emptyCount();
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') count.passed += 1;
      else if (test.status === 'failed') {
        count.failed += 1;
        count.failures.push(`vitest: ${test.fullName}`);
      } else count.skipped += 1;
    }
    // A file that cannot be loaded has no tests of its own.
    if (suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed')) {
      count.failed += 1;
      count.failures.push(`vitest: ${suite.name}: ${suite.message}`.slice(0, 400));
    }
  }
  return count;
}

/** @returns {Count} */
export function readPlaywright(report) {
  const count = emptyCount();
  const visit = (suite, path) => {
    for (const inner of suite.suites ?? []) visit(inner, [...path, inner.title]);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = `${test.projectName}: ${[...path, spec.title].filter(Boolean).join(' › ')}`;
        if (test.status === 'expected') count.passed += 1;
        else if (test.status === 'skipped') count.skipped += 1;
        else if (test.status === 'flaky') {
          count.passed += 1;
          count.notes.push(`passed on a second try: ${name}`);
        } else {
          count.failed += 1;
          count.failures.push(name);
        }
      }
    }
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  return count;
}

/** Prints what went wrong and, as the last line alone, the sum. Returns the exit code. */
export function printReport(count) {
  console.log('');
  for (const note of count.notes) console.log(`note  ${note}`);
  for (const failure of count.failures) console.log(`FAIL  ${failure}`);
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  return count.failed === 0 ? 0 : 1;
}
