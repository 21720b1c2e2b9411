import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ConversationList } from '../../../lib/chat/conversations.ts';
import { shortDate, wholeDate } from '../../../lib/history/dates.ts';
import type { ConversationEntry } from '../../../lib/protocol/history.ts';
import { say } from '../../../lib/words/say.ts';
import { IconButton } from '../../Button.tsx';
import { ExportButton } from './ExportButton.tsx';
import { icons } from './icons.ts';

interface RowProps {
  entry: ConversationEntry;
  list: ConversationList;
  now(): number;
  /** The keyboard is at this row: its buttons can be reached by Tab. */
  isActive: boolean;
  isEditing: boolean;
  open(): void;
  activate(): void;
  edit(isOn: boolean): void;
  remove(): void;
}

export function ConversationRow(props: RowProps) {
  const { entry, list, now, isActive, isEditing, open, activate, edit, remove } = props;
  const { id, title, updatedAt, isPinned } = entry;
  if (isEditing)
    return (
      <li class="entry" data-id={id}>
        <TitleBox
          title={title}
          done={(words) => {
            edit(false);
            if (words !== null) void list.rename(id, words);
          }}
        />
      </li>
    );
  const tabIndex = isActive ? 0 : -1;
  return (
    <li class="entry" data-id={id} onFocusCapture={activate}>
      <button
        type="button"
        class="entry-open"
        title={wholeDate(updatedAt)}
        aria-current={list.shown.value === id ? 'true' : undefined}
        tabIndex={tabIndex}
        onClick={open}
      >
        <span class="entry-title" dir="auto">
          {title || say('untitled')}
        </span>
        {/* The name is the title; the date is told by the tooltip. */}
        <span class="entry-date" aria-hidden="true">
          {shortDate(updatedAt, now())}
        </span>
      </button>
      <span class="entry-actions">
        <IconButton small icon="edit" label={say('rename')} tabIndex={tabIndex} onClick={() => edit(true)} />
        <IconButton
          small
          icon={isPinned ? icons.unpin : icons.pin}
          label={say(isPinned ? 'unpin' : 'pin')}
          tabIndex={tabIndex}
          onClick={() => void list.pin(id, !isPinned)}
        />
        <ExportButton list={list} entry={entry} tabIndex={tabIndex} />
        <IconButton small icon={icons.bin} label={say('deleteIt')} tabIndex={tabIndex} onClick={remove} />
      </span>
    </li>
  );
}

/** Enter, or leaving it, keeps what is written; Escape does not. `done` gets null then. */
function TitleBox({ title, done }: { title: string; done(words: string | null): void }) {
  const box = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    box.current?.focus();
    box.current?.select();
  }, []);
  const end = (words: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    done(words);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter' ? (box.current?.value ?? null) : null);
  };
  return (
    <input
      class="field entry-box"
      aria-label={say('conversationTitle')}
      dir="auto"
      maxLength={200}
      defaultValue={title}
      ref={box}
      onKeyDown={onKeyDown}
      onBlur={(event) => end(event.currentTarget.value)}
    />
  );
}
