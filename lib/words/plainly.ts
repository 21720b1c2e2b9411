// A trouble with the history in one sentence, for places that have no card with a title and details.
import { GONE, type Trouble } from '../engine/errors.ts';
import { say } from './say.ts';
import { sayStoreProblem } from './storage.ts';
import { titleFor } from './titles.ts';

export function sayPlainly(trouble: Trouble): string {
  if (trouble.code === 'worker-gone') return titleFor(trouble, undefined);
  return trouble.message === GONE ? say('conversationGone') : sayStoreProblem(trouble.message);
}
