// What the buttons of the provider form do. Each function that needs a permission asks for it before its first await: browsers
// accept the question only inside the handler of a click.
import { type Signal, signal } from '@preact/signals';
import { ask } from '../protocol/client.ts';
import type { SettingsView } from '../protocol/contract.ts';
import { type Address, expectAddress } from './address.ts';
import type { ConnectionTest } from './connection-test.ts';
import type { OptionsDeps } from './deps.ts';
import type { Form } from './form.ts';
import { findKeyProblem } from './key-problem.ts';
import type { OriginFacts } from './origin-facts.ts';
import { deniedProblem, type Outcome, problemFrom } from './outcome.ts';

export interface ActionParts {
  deps: OptionsDeps;
  form: Form;
  facts: OriginFacts;
  outcome: Outcome;
  test: ConnectionTest;
  view: Signal<SettingsView | null>;
  accept(view: SettingsView, saved?: boolean): void;
}

interface Input {
  address: Address;
  key: string;
  model: string;
}

export function createProviderActions(parts: ActionParts) {
  const { deps, form, facts, outcome, test, view, accept } = parts;
  const phase = signal<'idle' | 'saving' | 'testing'>('idle');
  /** True after a save that left nothing missing. */
  const complete = signal(false);
  const busy = (): boolean => phase.value !== 'idle';

  /** What the form holds, cleaned; undefined after a problem was shown at its field. */
  function readInput(): Input | undefined {
    outcome.clear();
    try {
      const address = expectAddress(form.baseUrl.value);
      const key = form.key.value.trim();
      const keyProblem = findKeyProblem(key);
      if (keyProblem === undefined) return { address, key, model: form.model.value.trim() };
      outcome.show({ place: 'key', title: keyProblem });
    } catch (error) {
      outcome.show(problemFrom(error, 'base-url'));
    }
    return undefined;
  }

  /** Never rejects: a browser that refuses to ask has not granted. Synchronous up to the question. */
  function askPermission(pattern: string): Promise<boolean> {
    try {
      return deps.requestPermission(pattern).catch(() => false);
    } catch {
      return Promise.resolve(false);
    }
  }

  /** Reads the stored settings only now: while the browser asked, another field may have been saved. */
  async function store({ address, key, model }: Input, before: SettingsView): Promise<SettingsView> {
    if (key) await ask(deps.connect, { type: 'put-key', origin: address.origin, key });
    const stored = (view.value ?? before).settings;
    const settings = { ...stored, preset: form.preset.value, baseUrl: address.baseUrl, model };
    return await ask(deps.connect, { type: 'save-settings', settings });
  }

  function save(): Promise<void> {
    const stored = view.value;
    const input = busy() || !stored ? undefined : readInput();
    if (!input || !stored) return Promise.resolve();
    const { host, pattern } = input.address;
    const granting = askPermission(pattern);
    phase.value = 'saving';
    outcome.say(`Saving. If the browser asks, allow access to ${host}.`);
    return finishSave(input, stored, granting);
  }

  async function finishSave(input: Input, stored: SettingsView, granting: Promise<boolean>): Promise<void> {
    const { host } = input.address;
    try {
      const granted = await granting;
      const next = await store(input, stored);
      form.key.value = '';
      accept(next, true);
      complete.value = next.ready;
      outcome.say(savedWords(next, host, form.needsKey.value));
      if (!granted) outcome.show(deniedProblem(host));
    } catch (error) {
      outcome.clear();
      outcome.show(problemFrom(error, 'provider', host));
    } finally {
      phase.value = 'idle';
    }
  }

  /** Asks again for what is saved, and saves it again, so that every open view hears that requests work now. */
  async function grant(): Promise<void> {
    const stored = view.value;
    if (!stored || busy()) return;
    const { host, pattern } = expectAddress(stored.settings.baseUrl);
    const granting = askPermission(pattern);
    if (!(await granting)) return outcome.show(deniedProblem(host));
    try {
      const next = await ask(deps.connect, { type: 'save-settings', settings: stored.settings });
      accept(next);
      complete.value = next.ready;
      outcome.say(`Access to ${host} is granted.`);
    } catch (error) {
      outcome.show(problemFrom(error, 'provider', host));
    }
  }

  function testConnection(): Promise<void> {
    const input = busy() ? undefined : readInput();
    if (!input) return Promise.resolve();
    const granting = askPermission(input.address.pattern);
    phase.value = 'testing';
    outcome.say(`Testing ${input.address.host}`);
    return finishTest(input, granting);
  }

  async function finishTest(input: Input, granting: Promise<boolean>): Promise<void> {
    try {
      await granting;
      const result = await test.run(input);
      outcome.say(testWords[result]);
      if (result !== 'stopped') void facts.refresh(input.address, input.key);
    } catch (error) {
      outcome.clear();
      outcome.show(problemFrom(error, 'provider', input.address.host));
    } finally {
      phase.value = 'idle';
    }
  }

  async function removeKey(): Promise<void> {
    const address = form.address.value;
    if (!address) return;
    try {
      await ask(deps.connect, { type: 'remove-key', origin: address.origin });
      form.key.value = '';
      complete.value = false;
      outcome.say(`The key for ${address.host} was removed.`);
      await facts.refresh(address);
    } catch (error) {
      outcome.show(problemFrom(error, 'privacy', address.host));
    }
  }

  /** Called when the field is left: what cannot be right is said there, before anything else is filled in. */
  function checkBaseUrl(): void {
    if (form.baseUrl.value.trim() === '' || form.address.value) return;
    readInput();
  }

  return { phase, complete, save, grant, testConnection, removeKey, checkBaseUrl };
}

const testWords = {
  passed: 'The connection works.',
  failed: 'The test found a problem.',
  stopped: 'The test was stopped.',
};

function savedWords(view: SettingsView, host: string, needsKey: boolean): string {
  if (!view.hasKey && needsKey) return `Saved. Add an API key for ${host} to begin.`;
  const key = view.hasKey ? ` A key for ${host} is stored.` : '';
  if (view.settings.model === '') return `Saved.${key} Choose a model to begin.`;
  return `Saved.${key}`;
}
