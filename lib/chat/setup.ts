// What the view knows of the settings.
import { type Signal, signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import type { SettingsView } from '../protocol/contract.ts';
import { askAgain } from './questions.ts';

export class Setup {
  readonly view: Signal<SettingsView | null> = signal(null);
  private readonly connect: Connect;

  constructor(connect: Connect) {
    this.connect = connect;
  }

  /** False only where it is known that something is missing. */
  get isReady(): boolean {
    return this.view.value?.ready !== false;
  }

  async load(): Promise<void> {
    const view = await askAgain<'settings'>(this.connect, { type: 'settings' }).catch(() => null);
    if (view) this.view.value = view;
  }
}
