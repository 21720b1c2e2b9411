// The section "In the page" of the options.
import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import { SettingsApp } from '../../components/settings/SettingsApp.tsx';
import { findWrongLines } from '../../components/settings/selectors.ts';
import { createOptionsModel } from '../../lib/options/model.ts';
import { defaultSettings, type Settings } from '../../lib/settings/schema.ts';
import { createScriptedWorker, HERE } from '../unit/options-worker.ts';
import { noHistory } from '../unit/support/no-history.ts';

async function open(settings: Partial<Settings> = {}) {
  const worker = createScriptedWorker({ settings: { model: 'm', ...settings } });
  const model = createOptionsModel({
    ...HERE,
    connect: worker.connect,
    listen: () => () => {},
    requestPermission: () => Promise.resolve(true),
    hasPermission: () => Promise.resolve(true),
    settleMs: 0,
  });
  await model.load();
  render(
    <SettingsApp
      model={model}
      data={noHistory()}
      languages={[]}
      version="1"
      shortcuts={[]}
      onChange={() => {}}
    />,
    document.body,
  );
  return { model, stored: () => worker.view().settings };
}

afterEach(() => render(null, document.body));

/** The control that a label names, whatever the label holds beside its words. */
function labelled<T extends HTMLElement>(name: string): T {
  const label = [...document.querySelectorAll('label')].find(
    ({ textContent }) => textContent?.trim() === name,
  );
  if (!label?.control) throw new Error(`no control is labelled ${name}`);
  return label.control as T;
}
const rows = () => [...document.querySelectorAll<HTMLElement>('.sites li')];
const alerts = () => [...document.querySelectorAll('[role=alert]')].map(({ textContent }) => textContent);
const change = (element: HTMLElement) => element.dispatchEvent(new Event('change', { bubbles: true }));

it('the ways to show are a choice of three, saved at once', async () => {
  const { stored } = await open();
  const ways = labelled<HTMLSelectElement>('Show translations');
  expect([...ways.options].map(({ text }) => text)).toEqual([
    'In place',
    'Below the original',
    'In a box beside the selection',
  ]);
  expect(ways.value).toBe('in-place');
  ways.value = 'below';
  change(ways);
  await vi.waitFor(() => expect(stored().show).toBe('below'));
});

it('the hover is a check box', async () => {
  const { stored } = await open();
  const box = labelled<HTMLInputElement>('Show the original while the pointer rests on a translation');
  expect([box.type, box.checked]).toEqual(['checkbox', true]);
  box.click();
  await vi.waitFor(() => expect(stored().showsOriginalOnHover).toBe(false));
  expect(box.checked).toBe(false);
});

it('sites are listed only where there are some, and removing one leaves the focus in the list', async () => {
  await open();
  expect(document.querySelector('.sites')).toBeNull();
  render(null, document.body);
  const { stored } = await open({ sites: { 'b.test': 'below', 'a.test': 'bubble' } });
  expect(rows().map(({ textContent }) => textContent)).toEqual([
    'a.testIn a box beside the selectionRemove',
    'b.testBelow the originalRemove',
  ]);
  const remove = (host: string) =>
    document.querySelector<HTMLButtonElement>(`button[aria-label="Remove ${host}"]`)?.click();
  remove('a.test');
  await vi.waitFor(() => expect(rows()).toHaveLength(1));
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove b.test'));
  remove('b.test');
  await vi.waitFor(() => expect(rows()).toHaveLength(0));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe('show'));
  expect(stored().sites).toEqual({});
});

it('a line that is no selector is said when the field is left, and saved all the same', async () => {
  const { stored } = await open();
  const box = labelled<HTMLTextAreaElement>('Never translate');
  const type = (text: string) => {
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  };
  type('code\n\n>>> nothing');
  expect(alerts()).toEqual([]);
  box.dispatchEvent(new FocusEvent('blur'));
  await vi.waitFor(() => expect(alerts()).toHaveLength(1));
  expect(alerts()[0]).toContain('Line 3 is not a CSS selector.');
  expect(box.getAttribute('aria-invalid')).toBe('true');
  await vi.waitFor(() => expect(stored().leftAlone).toBe('code\n\n>>> nothing'));
  type('}\n{\ncode');
  box.dispatchEvent(new FocusEvent('blur'));
  await vi.waitFor(() => expect(alerts()[0]).toContain('Lines 1 and 2 are not CSS selectors.'));
  const reset = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Reset to default',
  );
  reset?.click();
  await vi.waitFor(() => expect(alerts()).toEqual([]));
  await vi.waitFor(() => expect(stored().leftAlone).toBe(defaultSettings.leftAlone));
});

it('an empty box runs as what is around it, one with words as they do', async () => {
  const { model } = await open();
  model.chat.prompts.edited.value = { id: 'p', name: '', text: 'Write a mail.' };
  await vi.waitFor(() => expect(labelled('Name').hasAttribute('dir')).toBe(false));
  expect(labelled<HTMLTextAreaElement>('Prompt').dir).toBe('auto');
});

it.each([
  ['code\n.a > b, c:not(.d)\n[translate="no" i]', []],
  [defaultSettings.leftAlone, []],
  ['  \n', []],
  ['a {', [1]],
  ['[x="1"', [1]],
  ['[x="1', [1]],
  ['b /* c', [1]],
  [':is(a', [1]],
  ['x,', [1]],
  ['1\np\n::::', [1, 3]],
])('of %j these lines are wrong: %j', (text, lines) => expect(findWrongLines(text)).toEqual(lines));

it('how much is sent without a question is a number of tokens', async () => {
  const { stored } = await open();
  const box = labelled<HTMLInputElement>('Ask before more than');
  expect([box.type, box.value, box.max]).toEqual(['number', '60000', '1000000']);
  box.value = '0';
  box.dispatchEvent(new Event('input', { bubbles: true }));
  change(box);
  await vi.waitFor(() => expect(stored().confirmAbove).toBe(0));
});
