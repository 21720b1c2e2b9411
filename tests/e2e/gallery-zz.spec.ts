import { installInspector, readCase } from '../gallery/inspector.ts';
import { startProvider } from '../provider/server.ts';
import { CANARY, test } from './harness/fixtures.ts';
import { chooseMenuItem } from './harness/gesture.ts';
import { inTab } from './harness/in-page.ts';
import { launchRunnel } from './harness/launch.ts';
import { until } from './harness/until.ts';

test('looks', async () => {
  test.setTimeout(200_000);
  const provider = await startProvider({ rate: 60 });
  const browser = await launchRunnel();
  let spoken = '';
  for (const name of (process.env['LOOK'] ?? '').split(',')) {
    const tab = await browser.context.newPage();
    await tab.setViewportSize({ width: 1000, height: 640 });
    const runnel = inTab(browser, tab);
    await tab.goto(`${provider.origin}/gallery/${name}.html`);
    const wanted = await tab.evaluate(readCase);
    const language = wanted.language ?? 'es';
    if (spoken !== language) await browser.configure({ baseUrl: provider.url, key: CANARY, language });
    spoken = language;
    await tab.bringToFront();
    provider.reset();
    provider.planFor(({ path }) => path.endsWith('/chat/completions'), {
      mirror: wanted.mirror ?? 'words',
      stallAfter: Number(process.env['AFTER'] ?? 24),
    });
    await tab.evaluate(installInspector, wanted);
    await tab.evaluate(() => void window.inspector.begin());
    await tab.screenshot({ path: `/tmp/look/${name}-0.png` });
    await chooseMenuItem(runnel, 'translate-selection', 'words');
    await new Promise((r) => setTimeout(r, 1500));
    await tab.screenshot({ path: `/tmp/look/${name}-1.png` });
    provider.reset();
    provider.planFor(({ path }) => path.endsWith('/chat/completions'), {
      mirror: wanted.mirror ?? 'words',
      rate: 2000,
    });
    await tab.keyboard.press('Escape');
    await new Promise((r) => setTimeout(r, 400));
    await tab.screenshot({ path: `/tmp/look/${name}-2.png` });
    await chooseMenuItem(runnel, 'show-original', '');
    await tab.evaluate(() => void window.inspector.begin());
    await chooseMenuItem(runnel, 'translate-selection', 'words');
    await until(
      'done',
      async () =>
        await tab
          .locator('[data-runnel]')
          .evaluateAll((all) => all.length > 0 && all.every((b) => b.getAttribute('data-runnel') === 'done')),
      { limitMs: 10000 },
    );
    await new Promise((r) => setTimeout(r, 200));
    await tab.screenshot({ path: `/tmp/look/${name}-3.png` });
    await tab.close();
  }
  await browser.close();
  await provider.close();
});
