// A page that lets no pictures and no inline styles in: what is copied below its text brings none of them in either.
import { expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import { chooseInControl, pressControl } from './harness/in-page.ts';
import { selectBlocks } from './harness/ui.ts';

const LETTER =
  '<!doctype html><title>Letter</title><p id="p1">A letter with <img src="/pixel.png" alt="a sign" width="9" height="9"> a picture, <b id="b" style="position: absolute; top: 0; background: url(/back.png)">words</b> that would stand elsewhere, and <svg width="9" height="9"><image href="/drawn.png" width="9" height="9"/></svg> a drawing.</p>';

test('what the policy of a page keeps out stays out', async ({ runnel, provider }) => {
  const { tab } = runnel;
  const address = `${provider.origin}/letter`;
  const headers = { 'content-security-policy': "default-src 'none'" };
  await tab.route(address, (route) => route.fulfill({ contentType: 'text/html', headers, body: LETTER }));
  await tab.goto(address);
  const asked: string[] = [];
  tab.on('request', (request) => asked.push(request.url()));
  await selectBlocks(tab, '#p1', '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  await pressControl(tab, 'more');
  await chooseInControl(tab, 'show', 'ArrowDown');
  const copy = tab.locator('#p1 > [data-runnel-below]');
  await expect(copy).toHaveAttribute('data-runnel', 'done');
  await expect(copy.locator('b')).toHaveCSS('position', 'static');
  await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(asked).toEqual([]);
});
