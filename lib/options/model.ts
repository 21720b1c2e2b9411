// The view model of the options page: signals for what is shown, functions for what can be pressed.
import { signal } from '@preact/signals';
import { ask } from '../protocol/client.ts';
import type { SettingsView } from '../protocol/contract.ts';
import { presets } from '../providers/presets.ts';
import { createConnectionTest } from './connection-test.ts';
import type { OptionsDeps } from './deps.ts';
import { createForm } from './form.ts';
import { createLanguageChoice } from './language-choice.ts';
import { createOriginFacts } from './origin-facts.ts';
import { createOutcome, deniedProblem, problemFrom } from './outcome.ts';
import { createProviderActions } from './provider-actions.ts';

export function createOptionsModel(deps: OptionsDeps) {
  const view = signal<SettingsView | null>(null);
  /** The welcome stays until the page is closed, so that it does not vanish under the reader's eyes half-way. */
  const firstRun = signal(false);
  const outcome = createOutcome();
  const facts = createOriginFacts(deps);
  const test = createConnectionTest(deps.connect);
  const form = createForm(edited);
  let settling: ReturnType<typeof setTimeout> | undefined;
  /** The address that `facts` are about, and what the worker said of it. */
  let asked = '';

  function edited(): void {
    outcome.clear();
    test.clear();
    const now = form.address.value?.baseUrl ?? '';
    if (now === asked) return;
    asked = now;
    facts.forget();
    clearTimeout(settling);
    settling = setTimeout(() => void facts.refresh(form.address.value), deps.settleMs ?? 400);
  }

  /**
   * Takes over what the worker says is stored. Typed text that is not saved yet stays, unless it is what was `saved` just now.
   * Models are only listed again where something changed: a server is not asked once more for each notice.
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
    if (!same || saved) void facts.refresh(form.address.value);
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

  function showWhatIsMissing(next: SettingsView): void {
    firstRun.value = !next.hasKey && !next.ready;
    const host = form.address.value?.host;
    // Someone who was sent here by "Grant access" finds the button at once.
    if (next.hasKey && !next.hasPermission && host) outcome.show(deniedProblem(host));
  }

  const actions = createProviderActions({ deps, form, facts, outcome, test, view, accept });
  const language = createLanguageChoice({ connect: deps.connect, outcome, view });
  const stopListening = deps.listen((notice) => {
    if (notice.type === 'settings-changed') void load();
  });

  return {
    presets,
    view,
    firstRun,
    form,
    facts,
    outcome,
    test,
    language,
    ...actions,
    load,
    backTo: deps.backTo,
    dispose(): void {
      stopListening();
      clearTimeout(settling);
      facts.forget();
    },
  };
}

export type OptionsModel = ReturnType<typeof createOptionsModel>;
