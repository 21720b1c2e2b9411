// Saving the provider, and granting access to it. Both ask the browser for the permission before their first await: it accepts the
// question only inside the handler of a click.

import { ask } from '../protocol/client.ts';
import type { SettingsView } from '../protocol/contract.ts';
import { say } from '../words/say.ts';
import type { ActionContext } from './action-context.ts';
import { expectAddress } from './address.ts';
import { deniedProblem, problemFrom } from './outcome.ts';
import { type Input, readInput } from './read-input.ts';

export function save(context: ActionContext): Promise<void> {
  const { form, outcome, phase, view } = context;
  if (phase.value !== 'idle' || !view.value) return Promise.resolve();
  const input = readInput(form, outcome);
  if (!input) return Promise.resolve();
  const { host, pattern } = input.address;
  const granting = context.askPermission(pattern);
  phase.value = 'saving';
  outcome.say(say('savingAllow', host));
  return finish(context, input, granting);
}

async function finish(context: ActionContext, input: Input, granting: Promise<boolean>): Promise<void> {
  const { form, outcome, phase, complete } = context;
  const { host } = input.address;
  try {
    const granted = await granting;
    const next = await store(context, input);
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

/** Changes the stored settings only now: while the browser asked, another field may have been saved. */
async function store({ connect, form, accept, write }: ActionContext, input: Input): Promise<SettingsView> {
  const { origin, baseUrl } = input.address;
  if (input.key) await ask(connect, { type: 'put-key', origin, key: input.key });
  return await write(
    () => ({ preset: form.preset.value, baseUrl, model: input.model }),
    (next) => {
      form.key.value = '';
      accept(next, true);
    },
  );
}

/** Asks again for what is saved, and saves it again, so that every open view hears that requests work now. */
export async function grant(context: ActionContext): Promise<void> {
  const { outcome, phase, view, accept, write, complete } = context;
  if (!view.value || phase.value !== 'idle') return;
  const { host, pattern } = expectAddress(view.value.settings.baseUrl);
  const granting = context.askPermission(pattern);
  if (!(await granting)) return outcome.show(deniedProblem(host));
  try {
    const next = await write(() => ({}), accept);
    complete.value = next.ready;
    outcome.say(say('accessGranted', host));
  } catch (error) {
    outcome.show(problemFrom(error, 'provider', host));
  }
}

function savedWords(view: SettingsView, host: string, needsKey: boolean): string {
  if (!view.hasKey && needsKey) return say('savedAddKey', host);
  const said = view.hasKey ? say('savedWithKey', host) : say('savedAll');
  return view.settings.model === '' ? `${said} ${say('chooseModelToBegin')}` : said;
}
