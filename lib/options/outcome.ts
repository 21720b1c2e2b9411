// What the page says about the last thing that was tried: one quiet line of status and at most one problem.

import { signal } from '@preact/signals';
import { type ErrorCode, type Trouble, toTrouble } from '../engine/errors.ts';
import { say } from '../words/say.ts';
import { wordsFor } from '../words/trouble.ts';

/** Where on the page the problem is shown, beside what has to be changed. */
export type ProblemPlace =
  | 'load'
  | 'base-url'
  | 'key'
  | 'provider'
  | 'models'
  | 'usage'
  | 'language'
  | 'page'
  | 'chat'
  | 'reliability'
  | 'privacy';
/** What the problem's button does. */
export type ProblemAction = 'grant' | 'reload';

export interface Problem {
  place: ProblemPlace;
  title: string;
  hint?: string;
  code?: ErrorCode;
  action?: ProblemAction;
  /** The words of whoever failed, for "Details". */
  details?: string;
}

export function createOutcome() {
  const status = signal('');
  const problem = signal<Problem | null>(null);
  return {
    status,
    problem,
    say(text: string): void {
      status.value = text;
      problem.value = null;
    },
    show(next: Problem): void {
      problem.value = next;
    },
    clear(): void {
      status.value = '';
      problem.value = null;
    },
  };
}

export type Outcome = ReturnType<typeof createOutcome>;

/** The problem that an error caught on the way to the worker is. `host` where one was asked. */
export function problemFrom(error: unknown, place: ProblemPlace, host?: string): Problem {
  const trouble: Trouble = toTrouble(error);
  const { title, hint } = wordsFor(trouble, host ? { host } : {});
  return {
    place,
    title,
    code: trouble.code,
    ...(hint ? { hint } : {}),
    ...(trouble.message && trouble.message !== hint ? { details: trouble.message } : {}),
  };
}

export function deniedProblem(host: string): Problem {
  return {
    place: 'provider',
    code: 'permission',
    title: say('accessDenied', host),
    hint: say('accessDeniedHint', host),
    action: 'grant',
  };
}
