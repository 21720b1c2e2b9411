import type { ChatModel } from '../../../lib/chat/model.ts';
import { InstructionsDialog } from './InstructionsDialog.tsx';
import { ImageView, PartView } from './PartView.tsx';
import { PromptForm } from './PromptForm.tsx';
import { TabPicker } from './TabPicker.tsx';

/** The dialog that is open, if any. */
export function Panels({ model }: { model: ChatModel }) {
  const { composing } = model;
  const { open, attached } = composing;
  const prompts = composing.aids.value?.prompts;
  const close = () => {
    open.value = null;
  };
  const asking = prompts?.asking.value;
  if (prompts && asking) return <PromptForm key={asking.prompt.id} prompts={prompts} asking={asking} />;
  const what = open.value;
  if (what === 'instructions') return <InstructionsDialog composing={composing} close={close} />;
  if (what === 'tabs') return <TabPicker model={model} close={close} />;
  if (what === null || what === 'menu') return null;
  if ('image' in what) return <ImageView image={what.image} close={close} />;
  const isAttached = attached.context.value.includes(what.view);
  const remove = () => {
    attached.remove(what.view);
    close();
  };
  return <PartView part={what.view} close={close} {...(isAttached ? { remove } : {})} />;
}
