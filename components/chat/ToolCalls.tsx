import { useSignal } from '@preact/signals';
import type { Reply } from '../../lib/chat/reply.ts';
import { isLive } from '../../lib/chat/reply-types.ts';
import { shortArguments, shownArguments } from '../../lib/chat/tool-words.ts';
import { Icon } from '../Icon.tsx';
import './tool-calls.css';
import { type MessageName, say, sayCount } from '../../lib/words/say.ts';

/** How many cards an answer shows at most; a model that is stuck can ask without end. */
const MAX_CARDS = 50;

/** The tools that a model asks for, a card each. Nothing is run here: the cards say so. */
export function ToolCalls({ reply }: { reply: Reply }) {
  const calls = reply.toolCalls.value;
  const state = reply.state.value;
  const left = calls.length - MAX_CARDS;
  return (
    <div class="tool-calls">
      {calls.slice(0, MAX_CARDS).map((call, index) => (
        <ToolCall
          key={index}
          name={call.name}
          text={call.arguments}
          state={isLive(state) ? 'streaming' : state === 'done' ? 'done' : 'partial'}
        />
      ))}
      {left > 0 && <p class="stopped">{sayCount('moreCalls', left)}</p>}
    </div>
  );
}

type CallState = 'streaming' | 'done' | 'partial';

const words: Record<CallState, MessageName> = {
  streaming: 'stateWritten',
  done: 'toolNotRun',
  partial: 'toolNotWhole',
};

function ToolCall({ name, text, state }: { name: string; text: string; state: CallState }) {
  const isOpen = useSignal(false);
  const short = shortArguments(text);
  return (
    <article class="tool-call" data-role="tool" data-state={state} aria-label={say('toolCall')}>
      <p class="tool-head">
        <Icon name="tool" />
        <span class="tool-name" translate={false}>
          {name || say('unnamedTool')}
        </span>
        <span class="tool-state">{say(words[state])}</span>
      </p>
      {short === '' || short === '{}' ? (
        <p class="tool-none">{say('noArguments')}</p>
      ) : (
        <details open={isOpen.value} onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
          <summary dir="auto">{short}</summary>
          {isOpen.value && <Arguments text={text} />}
        </details>
      )}
    </article>
  );
}

function Arguments({ text }: { text: string }) {
  const shown = shownArguments(text);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre class="tool-arguments" tabIndex={0} dir="ltr" translate={false}>
        {shown.text}
      </pre>
      {shown.hidden > 0 && <p class="tool-none">{sayCount('moreCharacters', shown.hidden)}</p>}
    </>
  );
}
