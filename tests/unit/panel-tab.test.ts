// Which tab the panel speaks about.
import { describe, expect, test } from 'vitest';
import { PageSelection } from '../../lib/chat/page-selection.ts';
import { PanelTab } from '../../lib/chat/panel-tab.ts';
import { channelPair } from '../../lib/protocol/channel.ts';
import { ScriptedWorker, settle } from './chat-worker.ts';
import { type FakeTabs, twoTabs } from './support/window-tabs.ts';

async function started(tabs: FakeTabs): Promise<PanelTab> {
  const panelTab = new PanelTab(tabs);
  panelTab.start();
  await settle();
  return panelTab;
}

const shown = ({ view }: PanelTab) => view.value && { ...view.value, tab: view.value.tab.id };

describe('follow and stay', () => {
  test('the tab in front is followed', async () => {
    const tabs = twoTabs();
    const panelTab = await started(tabs);
    expect(shown(panelTab)).toEqual({ tab: 1, reach: 'text', stays: false, isFront: true });
    tabs.comeToFront(2);
    await settle();
    expect(shown(panelTab)).toEqual({ tab: 2, reach: 'text', stays: false, isFront: true });
  });

  test('a tab that was chosen is stayed with, and gone to', async () => {
    const tabs = twoTabs();
    const panelTab = await started(tabs);
    await panelTab.stay();
    tabs.comeToFront(2);
    await settle();
    expect(shown(panelTab)).toEqual({ tab: 1, reach: 'text', stays: true, isFront: false });
    expect((await panelTab.current())?.id).toBe(1);
    await panelTab.goThere();
    await settle();
    expect(tabs.shown).toEqual([1]);
    expect(shown(panelTab)).toMatchObject({ tab: 1, stays: true, isFront: true });
    tabs.comeToFront(2);
    await panelTab.follow();
    expect(shown(panelTab)).toMatchObject({ tab: 2, stays: false });
  });

  test('the choice is kept for the next panel of the window', async () => {
    const tabs = twoTabs();
    await (await started(tabs)).stay();
    tabs.comeToFront(2);
    const next = await started(tabs);
    expect(shown(next)).toMatchObject({ tab: 1, stays: true, isFront: false });
    await next.follow();
    expect(shown(await started(tabs))).toMatchObject({ tab: 2, stays: false });
  });

  test('it ends with the tab, which is said until another one comes', async () => {
    const tabs = twoTabs();
    const panelTab = await started(tabs);
    await panelTab.stay();
    tabs.put(3, 'Three');
    tabs.comeToFront(2);
    tabs.close(1);
    await settle();
    expect(shown(panelTab)).toMatchObject({ tab: 2, stays: false });
    expect(panelTab.hasEnded.value).toBe(true);
    expect(tabs.kept).toBeUndefined();
    tabs.tell({ tabId: 2 });
    await settle();
    expect(panelTab.hasEnded.value).toBe(true);
    tabs.comeToFront(3);
    await settle();
    expect(panelTab.hasEnded.value).toBe(false);
  });

  test('a tab that goes on under another id is the same', async () => {
    const tabs = twoTabs();
    const panelTab = await started(tabs);
    await panelTab.stay();
    tabs.put(7, 'One');
    tabs.open.delete(1);
    tabs.frontId = 2;
    tabs.tell({ tabId: 1, replacedBy: 7 });
    await settle();
    expect(shown(panelTab)).toMatchObject({ tab: 7, stays: true });
    expect(panelTab.hasEnded.value).toBe(false);
    expect(tabs.kept).toBe(7);
  });

  test('a storage that cannot be had takes nothing but the memory', async () => {
    const tabs = twoTabs();
    tabs.readStayed = () => Promise.reject(new Error('no'));
    tabs.writeStayed = () => Promise.reject(new Error('no'));
    const panelTab = await started(tabs);
    await panelTab.stay();
    tabs.comeToFront(2);
    await settle();
    expect(shown(panelTab)).toMatchObject({ tab: 1, stays: true });
  });

  test('what happens in tabs that are not spoken about is not looked at', async () => {
    const tabs = twoTabs();
    const panelTab = await started(tabs);
    const before = panelTab.view.value;
    tabs.tell({ tabId: 2 });
    await settle();
    expect(panelTab.view.value).toBe(before);
  });

  test('a slow look does not undo a choice that was made meanwhile', async () => {
    const tabs = twoTabs();
    const panelTab = await started(tabs);
    await panelTab.stay();
    tabs.comeToFront(2);
    await settle();
    let find = () => {};
    tabs.find = () =>
      new Promise((resolve) => {
        find = () => resolve(undefined);
      });
    void panelTab.refresh();
    await settle();
    const following = panelTab.follow();
    find();
    await following;
    expect(shown(panelTab)).toMatchObject({ tab: 2, stays: false });
    expect(panelTab.hasEnded.value).toBe(false);
  });
});

describe('what can be read', () => {
  test.each([
    { url: '', kind: 'closed', reach: 'unknown' },
    { url: 'chrome://settings/', kind: 'closed', reach: 'closed' },
    { url: 'about:blank', kind: 'text', reach: 'closed' },
    { url: 'https://store.example/', kind: 'closed', reach: 'closed' },
    { url: 'https://a.example/x.pdf', kind: 'closed', reach: 'pdf' },
    { url: 'https://a.example/x', kind: 'pdf', reach: 'pdf' },
    { url: 'https://a.example/x.pdf', kind: 'text', reach: 'text' },
    { url: 'https://a.example/x.png', kind: 'media', reach: 'media' },
    { url: 'file:///notes/a.txt', kind: 'text', reach: 'text' },
    { url: 'https://busy.example/', kind: undefined, reach: 'text' },
  ] as const)('$url with $kind is $reach', async ({ url, kind, reach }) => {
    const tabs = twoTabs();
    tabs.put(1, 'One', url);
    tabs.kinds.set(1, kind);
    const panelTab = await started(tabs);
    expect(panelTab.view.value?.reach).toBe(reach);
    expect(panelTab.canRead.value).toBe(reach === 'text');
  });

  test('a gesture there makes a page known; another site makes it unknown again', async () => {
    const tabs = twoTabs();
    tabs.put(1, '', '');
    const panelTab = await started(tabs);
    expect(panelTab.canRead.value).toBe(false);
    tabs.put(1, 'One');
    tabs.tell();
    await settle();
    expect(panelTab.view.value).toMatchObject({ reach: 'text', tab: { title: 'One' } });
    tabs.put(1, '', '');
    tabs.tell({ tabId: 1 });
    await settle();
    expect(panelTab.view.value?.reach).toBe('unknown');
  });
});

describe('what is selected', () => {
  test('is asked of the tab that is spoken about', async () => {
    const tabs = twoTabs();
    const worker = new ScriptedWorker();
    const panelTab = await started(tabs);
    const selection = new PageSelection(worker.connect, panelTab);
    worker.selection = { tabId: 1, text: 'words' };
    await panelTab.stay();
    tabs.comeToFront(2);
    await selection.refresh();
    expect(worker.expectLast('selection').request).toEqual({ type: 'selection', tabId: 1 });
    expect(selection.current.value?.text).toBe('words');
  });

  test('in a tab that was left meanwhile is not shown', async () => {
    const tabs = twoTabs();
    const panelTab = await started(tabs);
    const [viewer, worker] = channelPair();
    const selection = new PageSelection(() => viewer, panelTab);
    const asked = selection.refresh();
    await settle();
    tabs.comeToFront(2);
    await settle();
    worker.post({ type: 'done', value: { tabId: 1, text: 'words' } });
    await asked;
    expect(selection.current.value).toBeNull();
  });
});
