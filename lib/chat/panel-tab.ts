// Which tab the panel speaks about: the one in front of its window, or the one it stays with until that is closed.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PageKind, TabChange, TabInfo, WindowTabs } from '../context/page-types.ts';

/** `unknown`: the browser does not say what is there, and lets nobody read it, until the user lets Runnel in. */
export type Reach = PageKind | 'unknown';

export interface PanelTabView {
  tab: TabInfo;
  reach: Reach;
  stays: boolean;
  isFront: boolean;
}

export class PanelTab {
  /** Null until it is known, and where the window has no tab. */
  readonly view: Signal<PanelTabView | null> = signal(null);
  /** The tab that the panel stayed with was closed; said until another one comes. */
  readonly hasEnded: Signal<boolean> = signal(false);
  /** Whether there is something to be read; true until it is known. */
  readonly canRead: ReadonlySignal<boolean> = computed(() => {
    const reach = this.view.value?.reach ?? 'text';
    return reach === 'text';
  });
  private readonly tabs: WindowTabs;
  private stayed: number | undefined;
  private last: Promise<void> = Promise.resolve();
  private waiting: Promise<void> | undefined;

  constructor(tabs: WindowTabs) {
    this.tabs = tabs;
  }

  /** Follows what happens in the window until the returned function is called. */
  start(): () => void {
    this.last = this.tabs.readStayed().then(
      (stayed) => {
        this.stayed ??= stayed;
      },
      () => {},
    );
    void this.refresh();
    return this.tabs.onChange((change) => this.hear(change));
  }

  /** Resolves when the view shows what is so now; one look after the other, so that an old one never overtakes. */
  refresh(): Promise<void> {
    this.waiting ??= this.last.then(() => {
      this.waiting = undefined;
      return this.look().catch(() => {});
    });
    this.last = this.waiting;
    return this.waiting;
  }

  /** The tab as it is now. */
  async current(): Promise<TabInfo | undefined> {
    await this.refresh();
    return this.view.peek()?.tab;
  }

  /** Stays with the tab that is shown, whatever comes to the front. */
  stay(): Promise<void> {
    return this.choose(this.view.peek()?.tab.id);
  }

  /** The tab in front, whichever it is. */
  follow(): Promise<void> {
    return this.choose(undefined);
  }

  /** Brings the tab it stays with to the front. */
  async goThere(): Promise<void> {
    const tabId = this.view.peek()?.tab.id;
    // A tab that was closed in this moment is heard of by itself.
    if (tabId !== undefined) await this.tabs.show(tabId).catch(() => {});
  }

  private async choose(tabId: number | undefined): Promise<void> {
    this.stayed = tabId;
    this.hasEnded.value = false;
    // What cannot be kept is so for this view at least.
    await this.tabs.writeStayed(tabId).catch(() => {});
    await this.refresh();
  }

  private hear({ tabId, replacedBy }: TabChange): void {
    if (tabId !== undefined && tabId === this.stayed && replacedBy !== undefined)
      void this.choose(replacedBy);
    else if (tabId === undefined || tabId === this.view.peek()?.tab.id) void this.refresh();
  }

  private async look(): Promise<void> {
    const { tabs, stayed } = this;
    const [front, kept] = await Promise.all([
      tabs.front(),
      stayed === undefined ? undefined : tabs.find(stayed),
    ]);
    // Chosen anew meanwhile: another look is on its way.
    if (stayed !== this.stayed) return;
    const tab = kept ?? front;
    const before = this.view.peek();
    if (stayed !== undefined && !kept) {
      this.stayed = undefined;
      this.hasEnded.value = true;
      void tabs.writeStayed(undefined).catch(() => {});
    } else if (before && before.tab.id !== tab?.id) this.hasEnded.value = false;
    if (!tab) {
      this.view.value = null;
      return;
    }
    const isSame = before?.tab.id === tab.id && before.tab.url === tab.url;
    const reach = isSame ? before.reach : guess(tab.url);
    this.view.value = { tab, reach, stays: kept !== undefined, isFront: tab.id === front?.id };
    if (isReadable(tab.url)) void this.lookInside(tab);
  }

  /** What the address does not tell. */
  private async lookInside({ id, url }: TabInfo): Promise<void> {
    const kind = await this.tabs.look(id);
    const now = this.view.peek();
    if (kind === undefined || now?.tab.id !== id || now.tab.url !== url || now.reach === kind) return;
    // Viewers of the browser's own let nobody in, and say no more than that.
    const reach = kind === 'closed' && guess(url) === 'pdf' ? 'pdf' : kind;
    this.view.value = { ...now, reach };
  }
}

/** `url` is empty where it is not to be seen. */
function guess(url: string): Reach {
  if (url === '') return 'unknown';
  if (!isReadable(url)) return 'closed';
  return /\.pdf$/i.test(new URL(url).pathname) ? 'pdf' : 'text';
}

const isReadable = (url: string) => /^(https?|file):/.test(url);
