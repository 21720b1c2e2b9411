import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PanelTabChip } from '../../components/chat/panel-tab/PanelTabChip.tsx';
import { PanelTab } from '../../lib/chat/panel-tab.ts';
import { ScriptedWorker, settle } from '../unit/chat-worker.ts';
import { type FakeTabs, twoTabs } from '../unit/support/window-tabs.ts';

let root: HTMLElement;
let tabs: FakeTabs;
let worker: ScriptedWorker;

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  tabs = twoTabs();
  worker = new ScriptedWorker();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

async function open(): Promise<void> {
  const panelTab = new PanelTab(tabs);
  panelTab.start();
  const model = worker.createModel({ surface: 'sidepanel', panelTab });
  await act(async () => {
    render(<PanelTabChip model={model} panelTab={panelTab} />, root);
    await settle();
  });
}

const step = (run: () => void) =>
  act(async () => {
    run();
    await settle();
  });
const text = () => root.textContent ?? '';
const names = () => [...root.querySelectorAll('button')].map((button) => button.textContent?.trim());
const press = (name: string) =>
  step(() => {
    [...root.querySelectorAll('button')].find((button) => button.textContent?.trim() === name)?.click();
  });

test('it names the page, and stays, goes there and follows by its buttons', async () => {
  await open();
  expect(root.querySelector('fieldset')?.getAttribute('aria-label')).toBe('The page this chat speaks about');
  expect(text()).toContain('One');
  expect(text()).toContain('one.example');
  expect(names()).toEqual(['Stay']);
  await press('Stay');
  expect(names()).toEqual(['Follow']);
  await step(() => tabs.comeToFront(2));
  expect(text()).toContain('One');
  expect(text()).toContain('You are looking at another tab.');
  expect(names()).toEqual(['Follow', 'Go to this tab']);
  await press('Go to this tab');
  expect(names()).toEqual(['Follow']);
  // The button that was pressed is gone; the focus is not.
  expect(document.activeElement?.textContent).toBe('Follow');
  await step(() => tabs.comeToFront(2));
  await press('Follow');
  expect(text()).toContain('Two');
  expect(names()).toEqual(['Stay']);
});

test('what is selected is asked for again when another page is spoken about', async () => {
  await open();
  const ofTab = (tabId: number) => expect.objectContaining({ type: 'selection', tabId });
  const asked = () => worker.of('selection').map(({ request }) => request);
  await vi.waitFor(() => expect(asked()).toEqual([ofTab(1)]));
  await step(() => tabs.comeToFront(2));
  await vi.waitFor(() => expect(asked()).toEqual([ofTab(1), ofTab(2)]));
  await step(() => tabs.put(2, 'Three'));
  await step(() => tabs.tell({ tabId: 2 }));
  await vi.waitFor(() => expect(asked()).toEqual([ofTab(1), ofTab(2), ofTab(2)]));
});

test('a page that is not known, and one that cannot be read, say so in words', async () => {
  tabs.put(1, '', '');
  await open();
  expect(text()).toContain('Page not known yet');
  expect(text()).toContain('to let Runnel read it.');
  tabs.put(1, 'Settings', 'chrome://settings/');
  await step(() => tabs.tell());
  expect(text()).toContain('Settings');
  expect(text()).toContain('The browser lets no extension read this page.');
  expect(text()).not.toContain('chrome://');
});

test('the end of the tab it stayed with is said, politely', async () => {
  await open();
  await press('Stay');
  tabs.frontId = 2;
  await step(() => tabs.close(1));
  expect(root.querySelector('[aria-live=polite]')?.textContent).toBe(
    'That tab was closed. Runnel follows the tab in front again.',
  );
  expect(text()).toContain('Two');
});

test('the icon of a site is shown where it is in the address itself, and a page otherwise', async () => {
  await open();
  expect(root.querySelector('img')).toBeNull();
  expect(root.querySelector('svg.icon-page')).not.toBeNull();
  tabs.open.set(1, { id: 1, title: 'One', url: 'https://one.example/', icon: 'data:image/png;base64,AA==' });
  await step(() => tabs.tell());
  const image = root.querySelector('img');
  expect(image?.getAttribute('src')).toBe('data:image/png;base64,AA==');
  await step(() => image?.dispatchEvent(new Event('error')));
  expect(root.querySelector('img')).toBeNull();
});
