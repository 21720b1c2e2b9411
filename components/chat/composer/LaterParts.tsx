import type { Composing } from '../../../lib/chat/composing.ts';
import type { Attachments } from '../../../lib/protocol/attachments.ts';
import { say } from '../../../lib/words/say.ts';
import { later } from '../../later.tsx';
import type { PartsProps } from './Parts.tsx';

/** Everything around the box that is not there from the beginning. */
export const loadPanels = () => import('./panels.ts');

const Parts = later<PartsProps>(async () => (await loadPanels()).Parts);

/** What goes along with the question that is being written; nothing is loaded where that is nothing. */
export function AttachedParts({ composing }: { composing: Composing }) {
  const { attached, isReading } = composing;
  if (attached.isEmpty.value && !isReading) return null;
  return (
    <Parts
      images={attached.images.value}
      context={attached.context.value}
      composing={composing}
      label={say('goesAlong')}
      remove={(item) => attached.remove(item)}
      isReading={isReading}
    />
  );
}

/** What went along with a question. */
export function SentParts({ turn, composing }: { turn: Readonly<Attachments>; composing: Composing }) {
  const { images, context } = turn;
  if (!images && !context) return null;
  return <Parts images={images} context={context} composing={composing} label={say('wentAlong')} />;
}
