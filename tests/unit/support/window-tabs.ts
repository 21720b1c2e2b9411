// The tabs of a window, as a test wants them.
import type { PageKind, TabChange, TabInfo, WindowTabs } from '../../../lib/context/page-types.ts';

export class FakeTabs implements WindowTabs {
  readonly open = new Map<number, TabInfo>();
  readonly kinds = new Map<number, PageKind | undefined>();
  readonly shown: number[] = [];
  frontId: number | undefined;
  kept: number | undefined;
  private readonly listeners = new Set<(change: TabChange) => void>();

  put(id: number, title: string, url = `https://${title.toLowerCase()}.example/`): void {
    this.open.set(id, { id, title, url });
  }

  tell(change: TabChange = {}): void {
    for (const listener of this.listeners) listener(change);
  }

  comeToFront(id: number): void {
    this.frontId = id;
    this.tell();
  }

  close(id: number): void {
    this.open.delete(id);
    this.tell({ tabId: id });
  }

  async front(): Promise<TabInfo | undefined> {
    return this.open.get(this.frontId ?? -1);
  }
  async find(tabId: number): Promise<TabInfo | undefined> {
    return this.open.get(tabId);
  }
  async look(tabId: number): Promise<PageKind | undefined> {
    return this.kinds.has(tabId) ? this.kinds.get(tabId) : 'text';
  }
  async show(tabId: number): Promise<void> {
    this.shown.push(tabId);
    this.comeToFront(tabId);
  }
  async readStayed(): Promise<number | undefined> {
    return this.kept;
  }
  async writeStayed(tabId: number | undefined): Promise<void> {
    this.kept = tabId;
  }
  onChange(listener: (change: TabChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Tab 1, "One", is in front of tab 2, "Two". */
export function twoTabs(): FakeTabs {
  const tabs = new FakeTabs();
  tabs.put(1, 'One');
  tabs.put(2, 'Two');
  tabs.frontId = 1;
  return tabs;
}
