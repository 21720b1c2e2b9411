import type { RefObject } from 'preact';
import type { ChatModel } from '../../lib/chat/model.ts';
import { say } from '../../lib/words/say.ts';
import { IconButton } from '../Button.tsx';
import { Icon } from '../Icon.tsx';
import { later } from '../later.tsx';
import { AddButton } from './composer/AddButton.tsx';
import { AttachedParts, loadPanels } from './composer/LaterParts.tsx';
import { MessageBox } from './composer/MessageBox.tsx';
import { ModelButton } from './models/ModelButton.tsx';

const PromptList = later(async () => (await loadPanels()).PromptList);
const TokenCount = later(async () => (await loadPanels()).TokenCount);
const Panels = later(async () => (await loadPanels()).Panels);
const SelectionChips = later(async () => (await loadPanels()).SelectionChips);

const PanelTabChip = later(async () => (await import('./panel-tab/PanelTabChip.tsx')).PanelTabChip);

/** Characters from which on it is worth saying how many tokens there are. */
const LONG = 2000;

interface ComposerProps {
  model: ChatModel;
  box: RefObject<HTMLTextAreaElement | null>;
  /** Called when a message is on its way. */
  onSend: () => void;
}

/** The message box with all that can go along with a message, and Send, which becomes Stop in the same place. */
export function Composer({ model, box, onSend }: ComposerProps) {
  const { draft, busy, composing } = model;
  const { open, drafting, attached } = composing;
  const prompts = composing.aids.value?.prompts;
  const send = () => {
    model.send(draft.value);
    if (busy.value) onSend();
    box.current?.focus();
  };
  const isDialogOpen = Boolean(prompts?.asking.value) || (open.value !== null && open.value !== 'menu');
  const isLong = draft.value.length > LONG || !attached.isEmpty.value;
  return (
    <div class="composer">
      {model.deps.panelTab && (
        <div class="panel-tab-slot">
          <PanelTabChip model={model} panelTab={model.deps.panelTab} />
        </div>
      )}
      {model.selection.value && <SelectionChips model={model} box={box} />}
      {prompts && prompts.matches.value.length > 0 && <PromptList prompts={prompts} />}
      {isDialogOpen && <Panels model={model} />}
      <div class="composer-box">
        <AttachedParts composing={composing} />
        <MessageBox model={model} box={box} send={send} />
        <div class="composer-line">
          <AddButton model={model} />
          {drafting.system.value !== '' && (
            <IconButton
              small
              icon="instructions"
              label={say('ownInstructions')}
              onClick={() => {
                open.value = 'instructions';
              }}
            />
          )}
          <ModelButton model={model} onChosen={() => box.current?.focus()} />
          {isLong && <TokenCount text={draft.value} attached={attached} />}
          <SendButton model={model} send={send} />
        </div>
      </div>
    </div>
  );
}

function SendButton({ model, send }: { model: ChatModel; send: () => void }) {
  const { draft, busy } = model;
  // The second click of a double click on Send lands on Stop; it was not meant for it.
  const onClick = (event: MouseEvent) => {
    if (!busy.value) send();
    else if (event.detail < 2) model.stop();
  };
  const label = say(busy.value ? 'do_stop' : 'send');
  return (
    <button
      type="button"
      class={busy.value ? 'send stop' : 'send'}
      aria-label={label}
      title={label}
      aria-disabled={!busy.value && (draft.value.trim() === '' || model.composing.isReading)}
      onClick={onClick}
    >
      <Icon name={busy.value ? 'stop' : 'send'} />
    </button>
  );
}
