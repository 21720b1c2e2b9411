import type { OptionsModel } from '../../lib/options/model.ts';
import { say } from '../../lib/words/say.ts';
import { NumberBox } from './NumberBox.tsx';
import { Problem } from './Problem.tsx';
import { PromptsEditor } from './PromptsEditor.tsx';
import { SelectBox } from './SelectBox.tsx';
import { TextBox } from './TextBox.tsx';

export function ChatSection({ model }: { model: OptionsModel }) {
  const { chat } = model;
  return (
    <section>
      <h2>{say('chat')}</h2>
      <p class="lead">{say('chatLead')}</p>
      <SelectBox
        id="send-with"
        label={say('sendWith')}
        setting={chat.sendWith}
        choices={{ enter: say('sendWithEnter'), 'ctrl-enter': say('sendWithCtrlEnter') }}
        hint={say('sendWithHint')}
      />
      <TextBox
        id="system"
        label={say('instructions')}
        rows={3}
        field={chat.system}
        max={20_000}
        hint={say('instructionsHint')}
      />
      <NumberBox
        id="page-tokens"
        label={say('pageAtMost')}
        field={chat.pageTokens}
        min={500}
        max={100_000}
        step={1000}
        unit={say('tokensUnit')}
        hint={say('pageAtMostHint')}
      />
      <PromptsEditor prompts={chat.prompts} />
      <Problem model={model} place="chat" />
    </section>
  );
}
