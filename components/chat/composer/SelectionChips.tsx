import type { RefObject } from 'preact';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { say } from '../../../lib/words/say.ts';
import { Icon } from '../../Icon.tsx';

interface SelectionChipsProps {
  model: ChatModel;
  box: RefObject<HTMLTextAreaElement | null>;
}

/** What can be done with what is selected in the page. */
export function SelectionChips({ model, box }: SelectionChipsProps) {
  const selection = model.selection.value;
  if (!selection) return null;
  const askAbout = () => {
    model.composing.addSelection();
    box.current?.focus();
  };
  return (
    <div class="chips">
      <button
        type="button"
        class="chip"
        title={selection.text.slice(0, 200)}
        onClick={() => void model.translateSelection()}
      >
        <Icon name="translate" /> {say('translateSelection')}
      </button>
      <button type="button" class="chip" title={selection.text.slice(0, 200)} onClick={askAbout}>
        <Icon name="quote" /> {say('askAboutSelection')}
      </button>
    </div>
  );
}
