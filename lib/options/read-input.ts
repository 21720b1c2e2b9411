import { type Address, expectAddress } from './address.ts';
import type { Form } from './form.ts';
import { findKeyProblem } from './key-problem.ts';
import { type Outcome, problemFrom } from './outcome.ts';

/** What the form holds, cleaned: white space around it is gone, the address is normalised. */
export interface Input {
  preset: string;
  address: Address;
  /** Empty where none was typed. */
  key: string;
  model: string;
}

/** Undefined after a problem was shown at the field that has it; nothing is sent then. */
export function readInput(form: Form, outcome: Outcome): Input | undefined {
  outcome.clear();
  try {
    const address = expectAddress(form.baseUrl.value);
    const key = form.key.value.trim();
    const keyProblem = findKeyProblem(key);
    if (keyProblem === undefined)
      return { preset: form.preset.value, address, key, model: form.model.value.trim() };
    outcome.show({ place: 'key', title: keyProblem });
  } catch (error) {
    outcome.show(problemFrom(error, 'base-url'));
  }
  return undefined;
}
