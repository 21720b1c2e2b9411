import type { RefObject } from 'preact';
import type { ConversationList } from '../../../lib/chat/conversations.ts';
import { say } from '../../../lib/words/say.ts';
import { ConversationRow } from './ConversationRow.tsx';
import { type RowsState, useRows } from './use-rows.ts';

export interface RowsProps {
  list: ConversationList;
  now(): number;
  open(id: string, turnId?: string): Promise<void>;
  /** The search box, which ArrowUp on the first row leads to. */
  box: RefObject<HTMLInputElement | null>;
}

/** The conversations by date, drawn as far as they are in sight. */
export function ConversationRows({ list, now, open, box }: RowsProps) {
  const state = useRows(list, now, box);
  const { shown, scroller, current, editing } = state;
  if (list.loaded.value && list.all.value.length === 0)
    return <p class="conversations-none">{say('noConversations')}</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of whichever row has the focus
    <div
      class="conversations-rows"
      ref={scroller}
      tabIndex={-1}
      onScroll={state.onScroll}
      onKeyDown={(event) => onKeyDown(event, state)}
    >
      <div style={{ paddingBlockStart: `${shown.above}px`, paddingBlockEnd: `${shown.below}px` }}>
        {shown.sections.map(({ heading, entries }) => (
          <section key={heading ?? 'cut'}>
            {heading !== undefined && <h2>{heading}</h2>}
            <ul>
              {entries.map((entry) => (
                <ConversationRow
                  key={entry.id}
                  entry={entry}
                  list={list}
                  now={now}
                  isActive={entry.id === current}
                  isEditing={entry.id === editing.value}
                  open={() => void open(entry.id)}
                  activate={() => state.activate(entry.id)}
                  edit={(isOn) => edit(state, entry.id, isOn)}
                  remove={() => state.remove(entry.id)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

/** `isOn` false: the title is written or given up, and the row has the focus again. */
function edit({ editing, focus }: RowsState, id: string, isOn: boolean): void {
  editing.value = isOn ? id : null;
  if (!isOn) focus(id);
}

function onKeyDown(event: KeyboardEvent, state: RowsState): void {
  const { current } = state;
  if (!(event.target instanceof HTMLElement) || current === undefined) return;
  if (!event.target.matches('.entry-open, .conversations-rows')) return;
  const act = {
    ArrowDown: () => state.step(1),
    ArrowUp: () => state.step(-1),
    Home: () => state.step(Number.NEGATIVE_INFINITY),
    End: () => state.step(Number.POSITIVE_INFINITY),
    F2: () => edit(state, current, true),
    Delete: () => state.remove(current),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
