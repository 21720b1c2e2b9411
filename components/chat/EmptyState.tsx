import type { ChatModel } from '../../lib/chat/model.ts';
import { Logo } from '../Icon.tsx';
import { later } from '../later.tsx';

const NotReady = later(async () => (await import('./NotReady.tsx')).NotReady);

/** Three things to try. */
const suggestions = [
  { id: 'summarise', name: 'Summarise this page' },
  { id: 'explain', name: 'Explain' },
  { id: 'reply', name: 'Reply' },
];

/** What stands in an empty conversation: three things to try, or what is missing before anything can be tried. */
export function EmptyState({ model }: { model: ChatModel }) {
  const setup = model.setup.value;
  if (!setup) return null;
  const canReadPage = model.deps.panelTab?.canRead.value !== false;
  const isOffered = ({ id }: { id: string }) => canReadPage || id !== 'summarise';
  return setup.ready ? (
    <div class="empty">
      <Logo />
      <h2>Ask anything</h2>
      <p>
        Answers come from {model.models.asked.value?.model || 'your model'} and appear as they are written.
      </p>
      <ul class="suggestions">
        {suggestions.filter(isOffered).map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              class="button"
              onClick={() => void model.composing.withAids().then(({ prompts }) => prompts.useBuiltIn(id))}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      <p class="tip">
        Type / for prompts. To translate in a page, select text there and open the context menu.
      </p>
    </div>
  ) : (
    <NotReady setup={setup} openOptions={model.deps.openOptions} />
  );
}
