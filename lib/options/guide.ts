// The three steps of a first run, and where the reader stands: what is typed, saved and tried says it, no memory of its own.
import { computed, type ReadonlySignal } from '@preact/signals';
import type { SettingsView } from '../protocol/contract.ts';
import type { ConnectionTest } from './connection-test.ts';
import type { Form } from './form.ts';

export type StepName = 'provider' | 'key' | 'try';

export interface Step {
  name: StepName;
  state: 'done' | 'now' | 'later';
}

interface GuideParts {
  form: Form;
  view: ReadonlySignal<SettingsView | null>;
  test: ConnectionTest;
}

export function createGuide({ form, view, test }: GuideParts): ReadonlySignal<Step[]> {
  return computed(() => {
    const isSaved = view.value?.ready === true && !form.dirty.value;
    const isTried = test.lines.value.some(({ name, outcome }) => name === 'stream' && outcome === 'ok');
    const hasProvider = form.address.value !== undefined && (form.key.value !== '' || !form.needsKey.value);
    const isDone: Record<StepName, boolean> = {
      provider: isSaved || hasProvider,
      key: isSaved,
      try: isSaved && isTried,
    };
    const names: StepName[] = ['provider', 'key', 'try'];
    const now = names.find((name) => !isDone[name]);
    return names.map((name) => ({ name, state: isDone[name] ? 'done' : name === now ? 'now' : 'later' }));
  });
}
