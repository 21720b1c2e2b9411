// What was said before → the messages of the next request.
import { splitThink } from '../engine/think.ts';
import type { ContentPart, RequestMessage } from '../engine/types.ts';
import type { ContextPart } from '../protocol/attachments.ts';
import type { Turn } from '../protocol/contract.ts';
import { codeOf, dataBlock, dataRule } from './data-block.ts';

export type Question = Pick<Turn, 'id' | 'userText' | 'images' | 'context'>;

/** What questions before this one send again, the latest first; this one sends all it has. */
const MAX_EARLIER_IMAGES = 6;
/** Characters. */
const MAX_EARLIER_TEXT = 400_000;
const IMAGE_LEFT_OUT = '[An image stood here. It is not sent again.]';

/**
 * Answers go without the reasoning that some models write into them: it is not meant to be read again. Turns that got no answer are left
 * out: two questions in a row confuse models, and the failed one is still on screen to retry. Text of pages and files stands in marked
 * blocks of the question it came with, never in the system message.
 */
export function chatMessages(history: readonly Turn[], question: Question, system = ''): RequestMessage[] {
  const answered = history.filter(({ reply }) => reply.text !== '');
  const earlier = withinBudget(answered);
  const codes = [...answered, question].filter(({ context }) => context?.length).map(({ id }) => codeOf(id));
  const rules = [system.trim(), codes.length > 0 ? dataRule(codes) : ''].filter((rule) => rule !== '');
  return [
    ...(rules.length > 0 ? [{ role: 'system' as const, content: rules.join('\n\n') }] : []),
    ...answered.flatMap((turn, index): RequestMessage[] => [
      { role: 'user', content: contentOf(earlier[index] ?? turn) },
      { role: 'assistant', content: splitThink(turn.reply.text).text },
    ]),
    { role: 'user', content: contentOf(question) },
  ];
}

/** The questions of `turns` with as much of what they carried as is sent once more. */
function withinBudget(turns: readonly Turn[]): (Question & { imagesLeftOut?: number })[] {
  let images = MAX_EARLIER_IMAGES;
  let text = MAX_EARLIER_TEXT;
  const kept = turns.toReversed().map((turn) => {
    const shown = turn.images?.slice(0, images) ?? [];
    images -= shown.length;
    const context = turn.context?.map((part) => {
      const cut = cutTo(part, text);
      text -= cut.text.length;
      return cut;
    });
    const imagesLeftOut = (turn.images?.length ?? 0) - shown.length;
    const { id, userText } = turn;
    return { id, userText, images: shown, imagesLeftOut, ...(context ? { context } : {}) };
  });
  return kept.reverse();
}

function cutTo(part: ContextPart, limit: number): ContextPart {
  if (part.text.length <= limit) return part;
  return { ...part, text: part.text.slice(0, limit), fullLength: part.fullLength ?? part.text.length };
}

function contentOf(question: Question & { imagesLeftOut?: number }): string | ContentPart[] {
  const { id, userText, images = [], context = [], imagesLeftOut = 0 } = question;
  if (images.length === 0 && context.length === 0 && imagesLeftOut === 0) return userText;
  return [
    ...context.map((part): ContentPart => ({ type: 'text', text: dataBlock(part, codeOf(id)) })),
    ...images.map(({ url }): ContentPart => ({ type: 'image_url', image_url: { url } })),
    ...Array.from({ length: imagesLeftOut }, (): ContentPart => ({ type: 'text', text: IMAGE_LEFT_OUT })),
    { type: 'text', text: userText },
  ];
}
