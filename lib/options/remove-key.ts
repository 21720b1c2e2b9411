import { ask } from '../protocol/client.ts';
import { say } from '../words/say.ts';
import type { ActionContext } from './action-context.ts';
import { problemFrom } from './outcome.ts';

/** Removes the key of the server that the form names. */
export async function removeKey({ connect, form, facts, outcome, complete }: ActionContext): Promise<void> {
  const address = form.address.value;
  if (!address) return;
  try {
    await ask(connect, { type: 'remove-key', origin: address.origin });
    form.key.value = '';
    complete.value = false;
    outcome.say(say('keyRemoved', address.host));
    await facts.refresh(address);
  } catch (error) {
    outcome.show(problemFrom(error, 'privacy', address.host));
  }
}
