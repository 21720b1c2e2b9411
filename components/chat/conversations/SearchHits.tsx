import { useSignal } from '@preact/signals';
import { shortDate, wholeDate } from '../../../lib/history/dates.ts';
import type { SearchHit } from '../../../lib/protocol/search.ts';
import { say, sayCount } from '../../../lib/words/say.ts';
import type { RowsProps } from './ConversationRows.tsx';

/** What the search found: the conversations, each with the words where it says so. */
export function SearchHits({ list, now, open, box }: RowsProps) {
  const active = useSignal<string | null>(null);
  const hits = list.search.hits.value ?? [];
  const current = hits.find(({ id }) => id === active.value)?.id ?? hits[0]?.id;
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = hits.findIndex(({ id }) => id === current) + by;
    if (at < 0) return box.current?.focus();
    const next = hits[Math.min(at, hits.length - 1)];
    if (!next) return;
    active.value = next.id;
    event.currentTarget.querySelector<HTMLElement>(`[data-id="${next.id}"] .entry-open`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of whichever row has the focus
    <div class="conversations-rows" data-answered={list.search.answered.value} onKeyDown={onKeyDown}>
      <p class="conversations-count" aria-live="polite">
        {countWords(hits.length, list.search.isSearching.value)}
      </p>
      <ul>
        {hits.map((hit) => (
          <li class="entry hit" key={hit.id} data-id={hit.id}>
            <button
              type="button"
              class="entry-open"
              aria-describedby={`said-${hit.id}`}
              aria-current={list.shown.value === hit.id ? 'true' : undefined}
              title={wholeDate(hit.updatedAt)}
              tabIndex={hit.id === current ? 0 : -1}
              onFocus={() => (active.value = hit.id)}
              onClick={() => void open(hit.id, hit.turnId ?? undefined)}
            >
              <span class="entry-title" dir="auto">
                <Marked text={hit.title || say('untitled')} marks={hit.titleMarks} />
              </span>
              <span class="entry-date" aria-hidden="true">
                {shortDate(hit.updatedAt, now())}
              </span>
              <span class="entry-said" id={`said-${hit.id}`} dir="auto" aria-hidden="true">
                <Marked text={hit.snippet} marks={hit.marks} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Marked({ text, marks }: { text: string; marks: SearchHit['marks'] }) {
  let end = 0;
  return (
    <>
      {marks.map(([from, to]) => {
        const before = text.slice(end, from);
        end = to;
        return (
          <>
            {before}
            <mark>{text.slice(from, to)}</mark>
          </>
        );
      })}
      {text.slice(end)}
    </>
  );
}

/** More than the search shows are not counted (lib/search/finder.ts). */
const MAX_HITS = 30;

function countWords(count: number, isSearching: boolean): string {
  if (count === 0) return say(isSearching ? 'searching' : 'nothingFound');
  if (isSearching) return sayCount('foundSoFar', count);
  if (count >= MAX_HITS) return say('bestMatches', count);
  return sayCount('conversationCount', count);
}
