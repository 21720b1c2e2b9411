// Smoke in headless Firefox: popup, translation and sidebar by the browser's own widgets.
import { test as base, expect } from '@playwright/test';
import { startProvider } from '../provider/server.ts';
import {
  configureFirefox,
  type Firefox,
  launchFirefox,
  POPUP_FRAME,
  runInFrame,
  SIDEBAR_FRAME,
  WIDGET,
} from './harness/firefox.ts';
import { CANARY, chatRequests, type Provider } from './harness/fixtures.ts';
import { squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';

const test = base.extend<{ provider: Provider; firefox: Firefox }>({
  // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
  provider: async ({}, use) => {
    const provider = await startProvider({ rate: 200 });
    await use(provider);
    await provider.close();
  },
  firefox: async ({ provider }, use) => {
    const firefox = await launchFirefox();
    try {
      await configureFirefox(firefox, { baseUrl: provider.url, key: CANARY, model: 'scripted-small' });
      await firefox.driver.goto(`${provider.origin}/demo`);
      await use(firefox);
    } finally {
      await firefox.close();
    }
  },
});

const SEND = (text: string) => `const { document } = content;
  const box = document.querySelector('textarea');
  box.focus();
  document.execCommand('insertText', false, ${JSON.stringify(text)});
  [...document.querySelectorAll('button')].find((button) => (button.getAttribute('aria-label') ?? button.textContent).trim() === 'Send').click();`;
const STYLED = "return content.getComputedStyle(content.document.querySelector('.bar')).display;";
const READY = "return Boolean(content.document.querySelector('textarea'));";
const REPLY = `const reply = [...content.document.querySelectorAll('[role=log] [data-role=assistant]')].pop();
  return reply && reply.dataset.state === 'done' ? reply.textContent : '';`;

async function chatIn(firefox: Firefox, frame: string, provider: Provider): Promise<void> {
  const answer = 'Streamed into Firefox.';
  provider.plan({ text: answer, rate: 100 });
  await until('the message box', () => runInFrame<boolean>(firefox.driver, frame, READY), {
    limitMs: 10_000,
  });
  // The style stands in the page, which its policy must let in.
  expect(await runInFrame(firefox.driver, frame, STYLED)).toBe('flex');
  await runInFrame(firefox.driver, frame, SEND('Hello'));
  const reply = await until('the answer', () => runInFrame<string>(firefox.driver, frame, REPLY), {
    limitMs: 15_000,
  });
  expect(squeezed(reply)).toContain(squeezed(answer));
  expect(chatRequests(provider)).toHaveLength(1);
  expect(chatRequests(provider)[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
}

test('a chat in the popup', async ({ firefox, provider }) => {
  const { driver } = firefox;
  await driver.inBrowser(() => driver.click(`#${WIDGET}-BAP`));
  await chatIn(firefox, POPUP_FRAME, provider);
});

test('a chat in the sidebar', async ({ firefox, provider }) => {
  await firefox.driver.runInBrowser(
    "await SidebarController.show(arguments[0] + '-sidebar-action');",
    WIDGET,
  );
  await chatIn(firefox, SIDEBAR_FRAME, provider);
  const shown = 'return content.document.querySelector(".panel-tab")?.textContent ?? "";';
  const title = await firefox.driver.run<string>('return document.title;');
  await until('the page that the sidebar speaks about', async () =>
    (await runInFrame<string>(firefox.driver, SIDEBAR_FRAME, shown)).includes(title),
  );
});

test('a selection is translated by the menu and restored', async ({ firefox, provider }) => {
  const { driver } = firefox;
  const before = await driver.run<string>(`
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('#p1'));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return document.querySelector('#p1').textContent;`);
  await chooseFromMenu(firefox, 'Translate selection');
  const after = await until(
    'the translation',
    () =>
      driver.run<string>(
        "const block = document.querySelector('#p1'); return block.dataset.runnel === 'done' ? block.textContent : '';",
      ),
    { limitMs: 15_000 },
  );
  expect(after).not.toBe(before);
  expect(chatRequests(provider)).toHaveLength(1);
  await driver.run('getSelection().removeAllRanges();');
  await chooseFromMenu(firefox, 'Show original');
  await until('the original', () =>
    driver.run<boolean>(
      'const block = document.querySelector("#p1"); return block.textContent === arguments[0] && !block.hasAttribute("data-runnel");',
      before,
    ),
  );
});

test('what is not translated yet is dimmed', async ({ firefox, provider }) => {
  const { driver } = firefox;
  await driver.run(`
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('#p1'));
    getSelection().removeAllRanges();
    getSelection().addRange(range);`);
  provider.plan({ text: 'Un arroyo empieza casi por accidente y luego sigue.', rate: 60, stallAfter: 6 });
  await chooseFromMenu(firefox, 'Translate selection');
  const seen = await until(
    'dimmed text',
    () =>
      driver.run<{ rest: string; color: string; text: string } | null>(`
        let rest = '';
        CSS.highlights.get('runnel-rest')?.forEach((range) => { rest += range; });
        const block = document.querySelector('#p1');
        const { color } = getComputedStyle(block, '::highlight(runnel-rest)');
        return rest && { rest, color, text: block.textContent };`),
    { limitMs: 15_000 },
  );
  expect(seen.rest).toContain('it has a name');
  expect(squeezed(seen.text)).toMatch(/^Un/);
  expect(seen.text.endsWith(seen.rest) || seen.text.trimEnd().endsWith(seen.rest.trimEnd())).toBe(true);
  expect(seen.color).toMatch(/0\.45\)$/);
});

test('a shadow tree and a field are reached', async ({ firefox, provider }) => {
  const { driver } = firefox;
  await driver.goto(`${provider.origin}/page/reach`);
  await driver.run(`
    const own = document.querySelector('x-card').shadowRoot.querySelector('#own').firstChild;
    getSelection().setBaseAndExtent(own, 0, own, own.length);`);
  await chooseFromMenu(firefox, 'Translate selection', 'x-card');
  const own = await until('the translation', () =>
    driver.run<string>(`
      const own = document.querySelector('x-card').shadowRoot.querySelector('#own');
      return own.dataset.runnel === 'done' ? own.textContent : '';`),
  );
  expect(own).toMatch(/^\[\w+\] The water in the card/);
  const before = await driver.run<string>(`
    const area = document.querySelector('#area');
    area.focus();
    area.select();
    return area.value;`);
  await chooseFromMenu(firefox, 'Translate selection', '#area');
  await until('the field is replaced', () =>
    driver.run<boolean>(
      "return document.querySelector('#area').value.endsWith(arguments[0]) && document.querySelector('#area').value !== arguments[0];",
      before,
    ),
  );
  await driver.run("document.execCommand('undo');");
  expect(await driver.run<string>("return document.querySelector('#area').value;")).toBe(before);
});

/** Right-clicks the middle of an element and chooses an item of the real menu by its label. */
async function chooseFromMenu({ driver }: Firefox, label: string, css = '#p1'): Promise<void> {
  const origin = { 'element-6066-11e4-a52e-4f735466cecf': await driver.element(css) };
  const actions = [
    { type: 'pointerMove', origin, x: 0, y: 0, duration: 0 },
    { type: 'pointerDown', button: 2 },
    { type: 'pointerUp', button: 2 },
  ];
  await driver.send('WebDriver:PerformActions', {
    actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
  });
  await until(`the menu item ${label}`, () =>
    driver.runInBrowser<boolean>(
      `const menu = document.getElementById('contentAreaContextMenu');
       const item = [...menu.querySelectorAll('menuitem')].find((one) => one.label === arguments[0] && !one.hidden);
       if (menu.state !== 'open' || !item) return false;
       const folded = item.closest('menu');
       if (folded && !folded.open) {
         folded.open = true;
         return false;
       }
       item.parentNode.activateItem(item);
       return true;`,
      label,
    ),
  );
}
