import type { Attached } from '../../../lib/chat/attached.ts';
import { tokensOf, tokenWords } from '../../../lib/chat/part-figures.ts';

/** About how many tokens go with the message that is being written. */
export function TokenCount({ text, attached }: { text: string; attached: Attached }) {
  const tokens = tokensOf(text, attached.context.value);
  return (
    <span class="token-count" title="About so many tokens go with this message">
      {tokenWords(tokens)}
    </span>
  );
}
