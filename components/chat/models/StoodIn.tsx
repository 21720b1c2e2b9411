import type { Reply } from '../../../lib/chat/reply.ts';
import { say } from '../../../lib/words/say.ts';

/** Above an answer that came from another model than the one that was asked first: who failed, and who stood in. */
export function StoodIn({ reply }: { reply: Reply }) {
  const { model, attempts } = reply.facts.value;
  const failed = attempts.find((attempt) => attempt.model !== undefined)?.model;
  // Gone on with later, the first one wrote the rest.
  if (failed === undefined || failed === model) return null;
  const state = reply.state.value;
  const words = state === 'failed' ? say('standInFailed', failed, model) : say('stoodIn', failed, model);
  return (
    <p class="stood-in" data-part="stood-in" dir="auto">
      {words}
    </p>
  );
}
