import type { ChatModel } from '../../lib/chat/model.ts';
import { type Missing, missingParts } from '../../lib/chat/readiness.ts';
import { Logo } from '../Icon.tsx';

/** Three things to try. */
const suggestions = [
  { id: 'summarise', name: 'Summarise this page' },
  { id: 'explain', name: 'Explain' },
  { id: 'reply', name: 'Reply' },
];

const needs: Record<Missing, string> = {
  key: 'an API key',
  model: 'a model',
  permission: 'access to the server',
};

/** What stands in an empty conversation: three things to try, or what is missing before anything can be tried. */
export function EmptyState({ model }: { model: ChatModel }) {
  const setup = model.setup.value;
  if (!setup) return null;
  return setup.ready ? (
    <div class="empty">
      <Logo />
      <h2>Ask anything</h2>
      <p>Answers come from {setup.settings.model || 'your model'} and appear as they are written.</p>
      <ul class="suggestions">
        {suggestions.map(({ id, name }) => (
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
    <div class="empty">
      <Logo />
      <h2>Connect a model</h2>
      <p>Runnel still needs {listed(missingParts(setup).map((part) => needs[part]))}.</p>
      <button type="button" class="button primary" onClick={model.deps.openOptions}>
        Open settings
      </button>
      <p class="tip">Your key stays in this browser. No page can read it.</p>
    </div>
  );
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function listed(items: string[]): string {
  return list.format(items);
}
