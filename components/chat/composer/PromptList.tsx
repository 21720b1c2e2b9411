import { useEffect, useRef } from 'preact/hooks';
import type { Prompting } from '../../../lib/chat/prompting.ts';
import { say } from '../../../lib/words/say.ts';

/** The prompts that match what is typed behind the slash. The focus stays in the box. */
export function PromptList({ prompts }: { prompts: Prompting }) {
  const list = useRef<HTMLDivElement>(null);
  const active = prompts.active.value;
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div class="prompts" id="prompts" role="listbox" aria-label={say('prompts')} ref={list}>
      {prompts.matches.value.map((prompt, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys
        <div
          key={prompt.id}
          id={`prompt-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The box keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void prompts.use(prompt)}
        >
          <span dir="auto">{prompt.name}</span>
          <span class="prompt-text" dir="auto">
            {prompt.text.replaceAll(/\s+/g, ' ').slice(0, 120)}
          </span>
        </div>
      ))}
    </div>
  );
}
