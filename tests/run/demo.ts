// What `npm start` sets up in both of its forms: the demo provider and a Chromium that is pointed at it.
import { type LaunchOptions, launchRunnel, type Runnel } from '../e2e/harness/launch.ts';
import { fillOptions } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import { startProvider } from '../provider/server.ts';

export interface Demo {
  provider: Awaited<ReturnType<typeof startProvider>>;
  runnel: Runnel;
  close(): Promise<void>;
}

// The demo provider takes any key.
const KEY = 'demo-key';
const MODEL = 'scripted-large';

/** Starts both, saves the settings through the options page as a user would, and opens the demo page. */
export async function startDemo(options: LaunchOptions = {}): Promise<Demo> {
  const provider = await startProvider({ rate: 60 });
  const runnel = await launchRunnel(options).catch(async (error: unknown) => {
    await provider.close();
    throw error;
  });
  const close = async () => {
    await runnel.close();
    await provider.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().finally(() => process.exit(130)));
  try {
    const page = await runnel.openTab('options.html');
    await fillOptions(page, { baseUrl: provider.url, key: KEY, model: MODEL });
    await until('the settings are saved', async () =>
      (await page.getByRole('status').allInnerTexts()).some((text) => /saved|stored|ready/i.test(text)),
    );
    await chooseLanguage(page);
    await page.close();
    await runnel.tab.goto(`${provider.origin}/demo`);
    return { provider, runnel, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function chooseLanguage(page: Awaited<ReturnType<Runnel['openTab']>>): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Target language' });
  await box.click();
  await box.fill('Spanish');
  await page
    .getByRole('option', { name: /Spanish/ })
    .first()
    .click();
}
