// What a screen reader is told when an answer has ended.

import { say } from '../words/say.ts';
import type { TurnModel } from './turn-list.ts';

/** Empty where the end announces itself: trouble is an alert of its own. */
export function endWords({ reply }: TurnModel): string {
  if (reply.state.value === 'done') return say('answerComplete');
  return reply.trouble.value?.code === 'aborted' ? say('title_aborted') : '';
}
