// What is stored, as the worker tells it, and how the form follows it.
import { signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import type { SettingsView } from '../protocol/contract.ts';
import type { AddressWatch } from './address-watch.ts';
import type { Form } from './form.ts';
import { deniedProblem, type Outcome, problemFrom } from './outcome.ts';

export interface StoredParts {
  connect: Connect;
  form: Form;
  watch: AddressWatch;
  outcome: Outcome;
}

export function createStoredView({ connect, form, watch, outcome }: StoredParts) {
  const view = signal<SettingsView | null>(null);
  /** The welcome stays until the page is closed, so that it does not vanish under the reader's eyes half-way. */
  const firstRun = signal(false);
  // Counted so that the answer to an older read never undoes a newer write.
  let writes = 0;
  let reads = 0;

  /** What the worker answered to a write of ours. */
  function wrote(next: SettingsView): void {
    writes++;
    view.value = next;
  }

  /**
   * Takes over what is stored. Typed text that is not saved yet stays, unless it is what was `saved` just now. Models are only
   * listed again where something changed: a server is not asked once more for each notice.
   */
  function accept(next: SettingsView, saved = false): void {
    const before = view.value;
    wrote(next);
    if ((form.dirty.value || form.isNew.value) && !saved) return;
    form.show(next.settings);
    const same = before?.hasKey === next.hasKey && before.hasPermission === next.hasPermission;
    if (saved || !same || watch.changed()) watch.ask();
  }

  function showWhatIsMissing({ hasKey, hasPermission, ready }: SettingsView): void {
    firstRun.value = !hasKey && !ready;
    const host = form.address.value?.host;
    // Someone who was sent here by "Grant access" finds the button at once.
    if (hasKey && !hasPermission && host) outcome.show(deniedProblem(host));
  }

  async function load(): Promise<void> {
    const [read, written] = [++reads, writes];
    try {
      const next = await ask(connect, { type: 'settings' });
      if (read !== reads || written !== writes) return;
      const first = view.value === null;
      accept(next);
      if (outcome.problem.value?.place === 'load') outcome.clear();
      if (first) showWhatIsMissing(next);
    } catch (error) {
      outcome.show({ ...problemFrom(error, 'load'), action: 'reload' });
    }
  }

  return { view, firstRun, wrote, accept, load };
}
