// Test fixtures: a provider and a browser of its own for every test, so that no test sees another's traces.
import { test as base } from '@playwright/test';
import { startProvider } from '../../provider/server.ts';
import { launchRunnel, type Runnel } from './launch.ts';

export type Provider = Awaited<ReturnType<typeof startProvider>>;

/** The key of all tests: nothing else on the machine looks like it, so a search that finds it found a leak. */
export const CANARY = 'sk-canary-5f0b1c2d9e8a7746';

interface Fixtures {
  provider: Provider;
  /** The extension as it is right after it was installed. */
  fresh: Runnel;
  /** The extension with settings and key, and the demo page in its tab. */
  runnel: Runnel;
}

export const test = base.extend<Fixtures>({
  // Playwright reads a fixture's dependencies from this pattern, so it has to be one.
  // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
  provider: async ({}, use) => {
    const provider = await startProvider({ rate: 200 });
    await use(provider);
    await provider.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
  fresh: async ({}, use) => {
    const runnel = await launchRunnel();
    await use(runnel);
    await runnel.close();
  },
  runnel: async ({ fresh, provider }, use) => {
    await fresh.configure({ baseUrl: provider.url, key: CANARY, language: 'es' });
    await fresh.tab.goto(`${provider.origin}/demo`);
    await use(fresh);
  },
});

export { expect } from '@playwright/test';

/** Chat requests the server saw. */
export function chatRequests(provider: Provider): Provider['journal'] {
  return provider.journal.filter(
    (entry) => entry.path.endsWith('/chat/completions') && entry.method === 'POST',
  );
}
