import type { ChatModel } from '../../lib/chat/model.ts';
import { type Missing, missingParts } from '../../lib/chat/readiness.ts';
import { Logo } from '../Icon.tsx';

const suggestions = [
  { title: 'Explain a term', text: 'Explain in simple words: ' },
  { title: 'Make a text shorter', text: 'Say this in half as many words:\n\n' },
  { title: 'Draft a reply', text: 'Write a short, friendly reply to this message:\n\n' },
];

const needs: Record<Missing, string> = {
  key: 'an API key',
  model: 'a model',
  permission: 'access to the server',
};

/** What stands in an empty conversation: three things to try, or what is missing before anything can be tried. */
export function EmptyState({ model, fill }: { model: ChatModel; fill: (text: string) => void }) {
  const setup = model.setup.value;
  if (!setup) return null;
  return setup.ready ? (
    <div class="empty">
      <Logo />
      <h2>Ask anything</h2>
      <p>
        Answers come from {model.models.asked.value?.model || 'your model'} and appear as they are written.
      </p>
      <ul class="suggestions">
        {suggestions.map(({ title, text }) => (
          <li key={title}>
            <button type="button" class="button" onClick={() => fill(text)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      <p class="tip">To translate in a page, select text there and open the context menu.</p>
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
