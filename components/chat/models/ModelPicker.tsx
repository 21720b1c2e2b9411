// The list of all models, with search, stars and parameters. A part of its own, loaded when it is first opened.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { IconButton } from '../../Button.tsx';
import { ModelList } from './ModelList.tsx';
import { ParamFields } from './ParamFields.tsx';
import { PickerNotes } from './PickerNotes.tsx';
import { type Picker, usePicker } from './use-picker.ts';
import './picker.css';
import { say } from '../../../lib/words/say.ts';

interface ModelPickerProps {
  model: ChatModel;
  /** `isChosen`: a model was chosen, not just the list left. */
  close: (isChosen: boolean) => void;
}

export function ModelPicker({ model, close }: ModelPickerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const leave = (isChosen: boolean) => {
    // Gives the focus back to where it came from.
    dialog.current?.close();
    close(isChosen);
  };
  const picker = usePicker(model, leave);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="picker"
      aria-label={say('models')}
      onClick={(event) => event.target === dialog.current && leave(false)}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        // Neither the popup is to close, nor the answer to stop that is being written below.
        event.stopPropagation();
        if (event.key !== 'Escape' || event.isComposing) return;
        event.preventDefault();
        leave(false);
      }}
    >
      <div class="picker-body">
        <Search picker={picker} />
        <ModelList {...picker} choose={(row) => picker.choose(row)} />
        <PickerNotes {...picker} isEmpty={picker.rows.length === 0} />
        <Foot picker={picker} hasChoice={model.models.choice.value?.at != null} />
        <ParamFields model={model} />
      </div>
    </dialog>
  );
}

function Search({ picker }: { picker: Picker }) {
  const { rows, active, query } = picker;
  return (
    <div class="picker-search">
      <input
        class="field"
        type="text"
        role="combobox"
        aria-label={say('searchModels')}
        aria-expanded={rows.length > 0}
        aria-controls="model-list"
        aria-autocomplete="list"
        aria-activedescendant={active && `model-${rows.indexOf(active)}`}
        placeholder={say('searchModelsHint')}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        autofocus
        value={query}
        onInput={(event) => picker.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!event.isComposing && picker.press(event.key)) event.preventDefault();
        }}
      />
      <IconButton icon="refresh" label={say('readListsAgain')} onClick={() => picker.load(true)} />
    </div>
  );
}

function Foot({ picker, hasChoice }: { picker: Picker; hasChoice: boolean }) {
  const { active, isUsual } = picker;
  return (
    <div class="picker-foot">
      {active && !active.isTyped && (
        <button type="button" class="button quiet" onClick={() => picker.favour(active)}>
          {say(active.isFavourite ? 'removeFavourite' : 'addFavourite')}
          <span class="visually-hidden">{active.model.id}</span>
        </button>
      )}
      {hasChoice && (
        <button type="button" class="button quiet" onClick={picker.chooseUsual}>
          {say('useUsualModel')}
        </button>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={isUsual.value}
          onChange={(event) => {
            isUsual.value = event.currentTarget.checked;
          }}
        />
        {say('useForNewChats')}
      </label>
    </div>
  );
}
