// What the view knows of the settings.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import type { SettingsView, Turn } from '../protocol/contract.ts';
import { askAgain, askOnce } from './questions.ts';
import { hostOf, mayGoOnByItself } from './readiness.ts';

export class Setup {
  readonly view: Signal<SettingsView | null> = signal(null);
  /** The server's name for words about trouble; empty while unknown. */
  readonly host: ReadonlySignal<string> = computed(() => hostOf(this.view.value?.settings.baseUrl ?? ''));
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

  /** Changes one setting. Rejects where it cannot be stored. */
  async change(part: Partial<SettingsView['settings']>): Promise<void> {
    const known = this.view.peek();
    if (!known) return;
    const settings = { ...known.settings, ...part };
    this.view.value = await askOnce<'save-settings'>(this.connect, { type: 'save-settings', settings });
  }

  readonly mayGoOn = (turn: Turn): boolean => mayGoOnByItself(turn, this.view.value);
}
