import { useSignal, useSignalEffect } from '@preact/signals';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { say } from '../../../lib/words/say.ts';
import type { ModelPicker } from './ModelPicker.tsx';

interface ModelButtonProps {
  model: ChatModel;
  /** Called when a model was chosen and the list is closed. */
  onChosen: () => void;
}

/** The name of the model that is asked; opens the list of all, which is loaded then. */
export function ModelButton({ model, onChosen }: ModelButtonProps) {
  const picker = useSignal<{ View: typeof ModelPicker } | null>(null);
  const asked = model.models.asked.value;
  const open = async () => {
    const part = await import('./ModelPicker.tsx').catch(() => null);
    if (part) picker.value = { View: part.ModelPicker };
    else model.note.value = say('modelsNotLoaded');
  };
  const { wantsList } = model.models;
  useSignalEffect(() => {
    if (!wantsList.value) return;
    wantsList.value = false;
    void open();
  });
  // Keeps Send in its place.
  if (!asked) return <span />;
  const close = (isChosen: boolean) => {
    picker.value = null;
    if (isChosen) onChosen();
  };
  const { View } = picker.value ?? {};
  return (
    <>
      <button
        type="button"
        class="model-button"
        aria-haspopup="dialog"
        aria-expanded={View !== undefined}
        aria-label={asked.model ? say('modelNamed', asked.model) : say('chooseAModel')}
        title={asked.model}
        onClick={() => void open()}
      >
        <bdi>{asked.model || say('chooseAModel')}</bdi>
      </button>
      {View && <View model={model} close={close} />}
    </>
  );
}
