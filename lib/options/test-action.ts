// Test connection: with what the form holds, saved or not, after asking for the permission it needs.
import { say } from '../words/say.ts';
import type { ActionContext } from './action-context.ts';
import { problemFrom } from './outcome.ts';
import { type Input, readInput } from './read-input.ts';

const resultWords = {
  passed: 'testPassed',
  failed: 'testFailed',
  stopped: 'testStopped',
} as const;

/** Asks for the permission before its first await, as browsers demand. */
export function testConnection(context: ActionContext): Promise<void> {
  const { form, outcome, phase } = context;
  if (phase.value !== 'idle') return Promise.resolve();
  const input = readInput(form, outcome);
  if (!input) return Promise.resolve();
  const granting = context.askPermission(input.address.pattern);
  phase.value = 'testing';
  outcome.say(say('testing', input.address.host));
  return finish(context, input, granting);
}

async function finish(context: ActionContext, input: Input, granting: Promise<boolean>): Promise<void> {
  const { facts, outcome, phase, test } = context;
  try {
    // Refused or not, the test runs: its line "access" says what is missing.
    await granting;
    const result = await test.run(input);
    outcome.say(say(resultWords[result]));
    if (result !== 'stopped') void facts.refresh(input.address, input.key);
  } catch (error) {
    outcome.clear();
    outcome.show(problemFrom(error, 'provider', input.address.host));
  } finally {
    phase.value = 'idle';
  }
}
