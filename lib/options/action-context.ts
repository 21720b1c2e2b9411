import type { Signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import type { SettingsView } from '../protocol/contract.ts';
import type { ConnectionTest } from './connection-test.ts';
import type { Form } from './form.ts';
import type { OriginFacts } from './origin-facts.ts';
import type { Outcome } from './outcome.ts';
import type { WriteSettings } from './settings-writer.ts';

/** What the actions of the provider form work on. */
export interface ActionContext {
  connect: Connect;
  form: Form;
  facts: OriginFacts;
  outcome: Outcome;
  test: ConnectionTest;
  view: Signal<SettingsView | null>;
  /** One action at a time: a second press while one works does nothing. */
  phase: Signal<'idle' | 'saving' | 'testing'>;
  /** True after a save that left nothing missing. */
  complete: Signal<boolean>;
  /** Synchronous up to the question; never rejects, a browser that refuses to ask has not granted. */
  askPermission(pattern: string): Promise<boolean>;
  /** Takes over what the worker says is stored; `saved` means that the form holds nothing newer. */
  accept(view: SettingsView, saved?: boolean): void;
  write: WriteSettings;
}
