import type { Composing } from '../../../lib/chat/composing.ts';
import { sizeOf } from '../../../lib/chat/part-figures.ts';
import type { Attachments, ContextPart, TurnImage } from '../../../lib/protocol/attachments.ts';
import { say } from '../../../lib/words/say.ts';
import { IconButton } from '../../Button.tsx';
import { PartIcon } from './PartIcon.tsx';

export interface PartsProps {
  images?: Attachments['images'] | undefined;
  context?: Attachments['context'] | undefined;
  composing: Composing;
  /** What the list is, for those who hear it. */
  label: string;
  /** Absent where nothing can be taken away any more. */
  remove?: (item: TurnImage | ContextPart) => void;
  /** Something is being read that will be among them. */
  isReading?: boolean;
}

/** What goes, or went, along with a question: a chip each, whose text can be looked at. */
export function Parts({ images = [], context = [], composing, label, remove, isReading }: PartsProps) {
  return (
    <ul class="parts" aria-label={label}>
      {images.map((image) => (
        <li key={image.url} class="part image">
          <button
            type="button"
            aria-label={say('viewNamed', image.name)}
            title={image.name}
            onClick={() => (composing.open.value = { image })}
          >
            <img src={image.url} alt="" width={40} height={40} />
          </button>
          {remove && <Remove name={image.name} onClick={() => remove(image)} />}
        </li>
      ))}
      {context.map((part) => (
        <li key={`${part.kind} ${part.title} ${part.url}`} class="part">
          <button
            type="button"
            aria-label={say('viewPart', part.title, sizeOf(part))}
            title={`${part.title} – ${sizeOf(part)}`}
            onClick={() => (composing.open.value = { view: part })}
          >
            <PartIcon name={part.kind === 'file' ? 'page' : part.kind} />
            <span class="part-title" dir="auto">
              {part.title}
            </span>
            <span class="part-size">{sizeOf(part)}</span>
          </button>
          {remove && <Remove name={part.title} onClick={() => remove(part)} />}
        </li>
      ))}
      {isReading && (
        <li class="part reading" role="status">
          {say('reading')}
        </li>
      )}
    </ul>
  );
}

function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  return <IconButton small icon="close" label={say('removeNamed', name)} onClick={onClick} />;
}
