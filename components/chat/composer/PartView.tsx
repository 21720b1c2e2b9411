import { sizeOf } from '../../../lib/chat/part-figures.ts';
import type { ContextPart, TurnImage } from '../../../lib/protocol/attachments.ts';
import { say } from '../../../lib/words/say.ts';
import { Dialog } from './Dialog.tsx';

interface PartViewProps {
  part: ContextPart;
  close: () => void;
  /** Absent where it has been sent. */
  remove?: () => void;
}

/** A text that goes along, exactly as the model gets it. */
export function PartView({ part, close, remove }: PartViewProps) {
  return (
    <Dialog title={part.title} close={close}>
      <p class="dialog-lead">
        {sizeOf(part)}
        {part.url && <span class="part-url">{part.url}</span>}
      </p>
      {part.fullLength !== undefined && <p class="dialog-lead">{say('restCutOff')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="part-text" dir="auto" tabIndex={0} aria-label={say('partText')}>
        {part.text}
      </section>
      <div class="dialog-actions">
        {remove && (
          <button type="button" class="button" onClick={remove}>
            {say('remove')}
          </button>
        )}
        <button type="button" class="button primary" onClick={close}>
          {say('done')}
        </button>
      </div>
    </Dialog>
  );
}

export function ImageView({ image, close }: { image: TurnImage; close: () => void }) {
  return (
    <Dialog title={image.name} close={close}>
      <p class="dialog-lead">{say('imageSize', image.width, image.height)}</p>
      <img class="image-view" src={image.url} alt={image.name} width={image.width} height={image.height} />
    </Dialog>
  );
}
