// What is selected in the page beside the chat.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import type { Results } from '../protocol/contract.ts';
import type { PanelTab } from './panel-tab.ts';
import { askAgain, askOnce } from './questions.ts';

export class PageSelection {
  private readonly found = signal<Results['selection']>(null);
  private readonly connect: Connect;
  private readonly panelTab: PanelTab | undefined;

  /** Of the tab that the panel speaks about; without one of the tab in front. */
  constructor(connect: Connect, panelTab?: PanelTab) {
    this.connect = connect;
    this.panelTab = panelTab;
  }

  /** Null where nothing is selected or the page cannot be asked. */
  get current(): ReadonlySignal<Results['selection']> {
    return this.found;
  }

  async refresh(): Promise<void> {
    const tabId = (await this.panelTab?.current())?.id;
    const request = { type: 'selection' as const, ...(tabId === undefined ? {} : { tabId }) };
    const found = await askAgain<'selection'>(this.connect, request).catch(() => null);
    // Another tab is spoken about by now: it has been asked, too.
    if (tabId !== undefined && tabId !== this.panelTab?.view.peek()?.tab.id) return;
    this.found.value = found?.text.trim() ? found : null;
  }

  /** Starts the translation in the page. @throws StreamError when it cannot start */
  async translate(): Promise<void> {
    const selection = this.found.value;
    if (!selection) return;
    await askOnce<'translate-tab'>(this.connect, { type: 'translate-tab', tabId: selection.tabId });
    this.found.value = null;
  }

  /** What is selected, once. */
  take(): Results['selection'] {
    const selection = this.found.value;
    this.found.value = null;
    return selection;
  }
}
