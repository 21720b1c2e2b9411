import type { ChatModel } from '../../lib/chat/model.ts';
import { say } from '../../lib/words/say.ts';
import { Logo } from '../Icon.tsx';
import { later } from '../later.tsx';

const NotReady = later(async () => (await import('./NotReady.tsx')).NotReady);

/** Three things to try: built-in prompts, and what their buttons say. */
const suggestions = [
  { id: 'summarise', name: 'trySummarise' },
  { id: 'explain', name: 'tryExplain' },
  { id: 'reply', name: 'tryReply' },
] as const;

/** What stands in an empty conversation: three things to try, or what is missing before anything can be tried. */
export function EmptyState({ model }: { model: ChatModel }) {
  const setup = model.setup.value;
  if (!setup) return null;
  const canReadPage = model.deps.panelTab?.canRead.value !== false;
  const isOffered = ({ id }: { id: string }) => canReadPage || id !== 'summarise';
  const asked = model.models.asked.value?.model;
  return setup.ready ? (
    <div class="empty">
      <Logo />
      <h2>{say('askAnything')}</h2>
      <p>{asked ? say('answersFrom', asked) : say('answersFromYours')}</p>
      <ul class="suggestions">
        {suggestions.filter(isOffered).map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              class="button"
              onClick={() => void model.composing.withAids().then(({ prompts }) => prompts.useBuiltIn(id))}
            >
              {say(name)}
            </button>
          </li>
        ))}
      </ul>
      <p class="tip">{say('emptyTip')}</p>
    </div>
  ) : (
    <NotReady setup={setup} openOptions={model.deps.openOptions} />
  );
}
