// A row of the table of faults as a test. The row does something and says what it expects; all oracles are held on it.
import { test as base, expect } from '@playwright/test';
import { type LaunchOptions, launchRunnel, type Runnel } from '../../e2e/harness/launch.ts';
import { type Lab, openLab } from './lab.ts';
import { checkOracles, type Expected } from './oracles.ts';
import { RECORD, type RowRecord } from './record.ts';

export interface Row {
  /** As in the table; rows that are only ours have an x after the letter. */
  id: string;
  title: string;
  /** A browser of its own, because the row breaks the profile or leaves the browser changed. */
  own?: LaunchOptions;
  limitMs?: number;
}

const grant = ['http://127.0.0.1/*', 'https://nowhere.invalid/*'];

const test = base.extend<object, { shared: Runnel }>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
    async ({}, use) => {
      const runnel = await launchRunnel({ grant });
      await use(runnel);
      await runnel.close();
    },
    { scope: 'worker' },
  ],
});

/** Declares the row. What `run` throws, and every oracle that does not hold, fails it. */
export function row({ id, title, own, limitMs }: Row, run: (lab: Lab) => Promise<Expected>): void {
  const hold = async (runnel: Runnel) => {
    const { annotations } = test.info();
    const { lab, close } = await openLab(runnel);
    try {
      const outcome = await checkOracles(lab, await run(lab));
      const record: RowRecord = { id, title, measured: lab.measured, ...outcome };
      annotations.push({ type: RECORD, description: JSON.stringify(record) });
      expect(outcome.problems.join('\n')).toBe('');
    } finally {
      await close();
    }
  };
  if (own === undefined) {
    test(`${id} ${title}`, async ({ shared }) => {
      if (limitMs) test.setTimeout(limitMs);
      await hold(shared);
    });
    return;
  }
  // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
  test(`${id} ${title}`, async ({}) => {
    test.setTimeout(limitMs ?? 60_000);
    const runnel = await launchRunnel({ grant, ...own });
    try {
      await hold(runnel);
    } finally {
      await runnel.close();
    }
  });
}
