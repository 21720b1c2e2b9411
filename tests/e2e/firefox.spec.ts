// Smoke in headless Firefox: popup, translation and sidebar by the browser's own widgets.
import { test as base, expect } from '@playwright/test';
import { startProvider } from '../provider/server.ts';
import {
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
      await configure(firefox, provider);
      await firefox.driver.goto(`${provider.origin}/demo`);
      await use(firefox);
    } finally {
      await firefox.close();
    }
  },
});

/** Fills and saves the options form with real typing. */
async function configure({ driver, url }: Firefox, provider: Provider): Promise<void> {
  await driver.goto(url('options.html'));
  const field = (name: string) => `const wanted = '${name}';
    const labels = [...document.querySelectorAll('label')].filter((label) => label.textContent.trim().startsWith(wanted));
    const found = labels[0]?.control ?? document.querySelector('[aria-label="' + wanted + '"]');
    if (!found) return null;
    if (!found.id) found.id = 'test-' + Math.random().toString(36).slice(2);
    return '#' + CSS.escape(found.id);`;
  for (const [name, text] of [
    ['Base URL', provider.url],
    ['API key', CANARY],
    ['Model', 'scripted-small'],
  ] as const) {
    const css = await until(`the field ${name}`, () => driver.run<string | null>(field(name)));
    const id = await driver.element(css);
    await driver.send('WebDriver:ElementClear', { id });
    await driver.send('WebDriver:ElementSendKeys', { id, text });
  }
  const save = await driver.run<string>(
    `const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Save');
     button.id ||= 'test-save';
     return '#' + CSS.escape(button.id);`,
  );
  await driver.click(save);
  await until('the settings are saved', () =>
    driver.run<boolean>(
      "return [...document.querySelectorAll('[role=status], output')].some((status) => /saved|stored|ready/i.test(status.textContent));",
    ),
  );
}

const SEND = (text: string) => `const { document } = content;
  const box = document.querySelector('textarea');
  box.focus();
  document.execCommand('insertText', false, ${JSON.stringify(text)});
  [...document.querySelectorAll('button')].find((button) => (button.getAttribute('aria-label') ?? button.textContent).trim() === 'Send').click();`;
const READY = "return Boolean(content.document.querySelector('textarea'));";
const REPLY = `const reply = [...content.document.querySelectorAll('[role=log] [data-role=assistant]')].pop();
  return reply && reply.dataset.state === 'done' ? reply.textContent : '';`;

async function chatIn(firefox: Firefox, frame: string, provider: Provider): Promise<void> {
  const answer = 'Streamed into Firefox.';
  provider.plan({ text: answer, rate: 100 });
  await until('the message box', () => runInFrame<boolean>(firefox.driver, frame, READY), {
    limitMs: 10_000,
  });
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

/** Right-clicks the first paragraph and chooses an item of the real menu by its label. */
async function chooseFromMenu({ driver }: Firefox, label: string): Promise<void> {
  const origin = { 'element-6066-11e4-a52e-4f735466cecf': await driver.element('#p1') };
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
