import type { OptionsModel } from '../../lib/options/model.ts';
import type { Settings } from '../../lib/settings/schema.ts';
import { NumberBox } from './NumberBox.tsx';
import { Problem } from './Problem.tsx';
import { PromptsEditor } from './PromptsEditor.tsx';
import { SelectBox } from './SelectBox.tsx';
import { TextBox } from './TextBox.tsx';

export function ChatSection({ model }: { model: OptionsModel }) {
  const { chat } = model;
  return (
    <section>
      <h2>Chat</h2>
      <p class="lead">How you write, and what goes along. Saved as soon as you change it.</p>
      <SelectBox
        id="send-with"
        label="Send with"
        setting={chat.sendWith}
        choices={keys}
        hint="Shift and Enter always begin a new line."
      />
      <TextBox
        id="system"
        label="Instructions"
        rows={3}
        field={chat.system}
        max={20_000}
        hint="What every conversation begins with: who you are, how answers should be. A conversation can have its own instead."
      />
      <NumberBox
        id="page-tokens"
        label="Text of a page, at most"
        field={chat.pageTokens}
        min={500}
        max={100_000}
        step={1000}
        unit="tokens"
        hint="What is longer is cut off, and its chip says so. About three words are four tokens."
      />
      <PromptsEditor prompts={chat.prompts} />
      <Problem model={model} place="chat" />
    </section>
  );
}

const keys: Record<Settings['sendWith'], string> = {
  enter: 'Enter',
  'ctrl-enter': 'Ctrl + Enter (⌘ + Enter)',
};
