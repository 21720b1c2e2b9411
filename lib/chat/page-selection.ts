// What is selected in the page beside the chat.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import type { Results } from '../protocol/contract.ts';
import { askAgain, askOnce } from './questions.ts';

export class PageSelection {
  private readonly found = signal<Results['selection']>(null);
  private readonly connect: Connect;

  constructor(connect: Connect) {
    this.connect = connect;
  }

  /** Null where nothing is selected or the page cannot be asked. */
  get current(): ReadonlySignal<Results['selection']> {
    return this.found;
  }

  async refresh(): Promise<void> {
    const found = await askAgain<'selection'>(this.connect, { type: 'selection' }).catch(() => null);
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
