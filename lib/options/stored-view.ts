// What is stored, as the worker tells it, and how the form follows it.
import { signal } from '@preact/signals';
import { ask } from '../protocol/client.ts';
import type { SettingsView } from '../protocol/contract.ts';
import type { OptionsDeps } from './deps.ts';
import type { Form } from './form.ts';
import type { OriginFacts } from './origin-facts.ts';
import { deniedProblem, type Outcome, problemFrom } from './outcome.ts';

export interface StoredParts {
  deps: OptionsDeps;
  form: Form;
  facts: OriginFacts;
  outcome: Outcome;
}

const SETTLE_MS = 400;

export function createStoredView({ deps, form, facts, outcome }: StoredParts) {
  const view = signal<SettingsView | null>(null);
  /** The welcome stays until the page is closed, so that it does not vanish under the reader's eyes half-way. */
  const firstRun = signal(false);
  /** The address that `facts` are about. */
  let asked = '';
  let settling: ReturnType<typeof setTimeout> | undefined;

  /** To be called after each edit: asks about a new address once the typing has settled. */
  function followAddress(): void {
    const now = form.address.value?.baseUrl ?? '';
    if (now === asked) return;
    asked = now;
    facts.forget();
    clearTimeout(settling);
    settling = setTimeout(() => void facts.refresh(form.address.value), deps.settleMs ?? SETTLE_MS);
  }

  /**
   * Typed text that is not saved yet stays, unless it is what was `saved` just now. Models are only listed again where something
   * changed: a server is not asked once more for each notice.
   */
  function accept(next: SettingsView, saved = false): void {
    const before = view.value;
    view.value = next;
    if (form.dirty.value && !saved) return;
    form.show(next.settings);
    const now = form.address.value?.baseUrl ?? '';
    const same =
      now === asked && before?.hasKey === next.hasKey && before.hasPermission === next.hasPermission;
    asked = now;
    clearTimeout(settling);
    if (!same || saved) void facts.refresh(form.address.value);
  }

  function showWhatIsMissing({ hasKey, hasPermission, ready }: SettingsView): void {
    firstRun.value = !hasKey && !ready;
    const host = form.address.value?.host;
    // Someone who was sent here by "Grant access" finds the button at once.
    if (hasKey && !hasPermission && host) outcome.show(deniedProblem(host));
  }

  async function load(): Promise<void> {
    try {
      const first = view.value === null;
      const next = await ask(deps.connect, { type: 'settings' });
      accept(next);
      if (outcome.problem.value?.place === 'load') outcome.clear();
      if (first) showWhatIsMissing(next);
    } catch (error) {
      outcome.show({ ...problemFrom(error, 'load'), action: 'reload' });
    }
  }

  return { view, firstRun, followAddress, accept, load, dispose: () => clearTimeout(settling) };
}
