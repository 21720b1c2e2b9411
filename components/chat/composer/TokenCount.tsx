import type { Attached } from '../../../lib/chat/attached.ts';
import { tokensOf, tokenWords } from '../../../lib/chat/part-figures.ts';
import { say } from '../../../lib/words/say.ts';

/** About how many tokens go with the message that is being written. */
export function TokenCount({ text, attached }: { text: string; attached: Attached }) {
  const tokens = tokensOf(text, attached.context.value);
  return (
    <span class="token-count" title={say('tokenCountHint')}>
      {tokenWords(tokens)}
    </span>
  );
}
