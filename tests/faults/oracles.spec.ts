// Each oracle sees what it is there for: something is planted, and exactly that oracle must speak. Without this a table that is all
// green would say nothing.
import { test as base, expect } from '@playwright/test';
import type { Browser } from 'webextension-polyfill';
import { CANARY } from '../e2e/harness/fixtures.ts';
import { launchRunnel } from '../e2e/harness/launch.ts';
import { until } from '../e2e/harness/until.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { checkOracles, type Expected } from './harness/oracles.ts';
import { drops } from './harness/text.ts';

declare const chrome: Browser;

const right: Expected = { state: 'done', trouble: null, requests: 1 };

async function answer(lab: Lab): Promise<void> {
  lab.provider.plan({ text: drops(5), rate: 0 });
  await lab.ask('Count the drops');
  await lab.ends('done');
}

interface Plant {
  what: string;
  oracle: string;
  plant?: (lab: Lab) => Promise<unknown>;
  expected?: Partial<Expected>;
}

const plants: readonly Plant[] = [
  { what: 'a word that was never sent', oracle: 'O1', expected: { shown: { text: drops(4) } } },
  { what: 'a word that is missing', oracle: 'O1', expected: { shown: { text: drops(6) } } },
  { what: 'another state', oracle: 'O2', expected: { state: 'partial' } },
  {
    what: 'no trouble where some is due',
    oracle: 'O2',
    expected: { trouble: { code: 'network', action: null } },
  },
  { what: 'one request too many', oracle: 'O3', expected: { requests: 0 } },
  {
    what: 'an error thrown in the worker',
    oracle: 'O4',
    plant: async ({ runnel }) => {
      await (await runnel.worker()).evaluate(
        () => void setTimeout(() => Promise.reject(new Error('planted')), 0),
      );
      await until('it is heard', () => runnel.troubles.length);
    },
  },
  {
    what: 'an error thrown in a view',
    oracle: 'O4',
    plant: async ({ runnel, view }) => {
      await view.evaluate(() => void setTimeout(() => Promise.reject(new Error('planted')), 0));
      await until('it is heard', () => runnel.troubles.length);
    },
  },
  {
    what: 'a server that is still ill',
    oracle: 'O5',
    plant: async ({ provider }) => provider.plan({ status: 500 }),
  },
  {
    what: 'the key in storage',
    oracle: 'O6',
    plant: ({ view }) => view.evaluate((key) => chrome.storage.local.set({ planted: key }), CANARY),
  },
  {
    what: 'the key in a field',
    oracle: 'O6',
    plant: ({ runnel }) =>
      runnel.tab.evaluate((key) => {
        const field = document.createElement('input');
        field.value = key;
        document.body.append(field);
      }, CANARY),
  },
  {
    what: 'a request of the worker to another server',
    oracle: 'O6',
    plant: async (lab) => {
      const other = await lab.startOther();
      const worker = await lab.runnel.worker();
      await worker.evaluate((url) => fetch(url).then(() => undefined), `${other.url}/models`);
    },
  },
  {
    what: 'something on screen that is stored nowhere',
    oracle: 'O7',
    plant: ({ view }) =>
      view.evaluate(() => {
        const question = document.querySelector('.user-text');
        if (question) question.textContent = 'planted';
      }),
  },
];

base('each oracle sees what is planted for it', async () => {
  base.setTimeout(150_000);
  const runnel = await launchRunnel();
  try {
    for (const { what, oracle, plant, expected } of plants) {
      const { lab, close } = await openLab(runnel);
      await answer(lab);
      await plant?.(lab);
      const { problems } = await checkOracles(lab, { ...right, ...expected });
      const named = new Set(problems.map((problem) => problem.slice(0, 2)));
      expect([...named], `${what}: ${problems.join('; ')}`).toContain(oracle);
      await (await lab.openView()).evaluate(() => chrome.storage.local.remove('planted'));
      await close();
    }
    const { lab, close } = await openLab(runnel);
    await answer(lab);
    expect((await checkOracles(lab, right)).problems).toEqual([]);
    await close();
  } finally {
    await runnel.close();
  }
});
