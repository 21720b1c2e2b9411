import './conversations.css';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { ConversationList } from '../../../lib/chat/conversations.ts';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { sayPlainly } from '../../../lib/words/plainly.ts';
import { say } from '../../../lib/words/say.ts';
import { IconButton } from '../../Button.tsx';
import { Icon } from '../../Icon.tsx';
import { ConversationRows } from './ConversationRows.tsx';
import type { ConversationsProps } from './ConversationsSlot.tsx';
import { icons } from './icons.ts';
import { SearchHits } from './SearchHits.tsx';

/** From this width on the list stands beside the chat, but in a popup. */
const BESIDE = '(min-width: 40em)';

/** The list of conversations: search, dates, and what can be done with each. */
export function Conversations({ model, close }: ConversationsProps) {
  const list = useMemo(() => createList(model), [model]);
  const nav = useRef<HTMLElement>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    box.current?.focus();
    return () => list.dispose();
  }, [list]);
  const covers = () => model.deps.surface === 'popup' || !matchMedia(BESIDE).matches;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    // In a popup the browser would close it, and in the panel an answer would be stopped.
    event.preventDefault();
    event.stopPropagation();
    if (list.search.query.value !== '') {
      list.search.find('');
      box.current?.focus();
    } else close('button');
  };
  const open = async (id: string, turnId?: string) => {
    await list.open(id, turnId);
    if (covers()) close('box');
  };
  const beginTemporary = async () => {
    await model.switching.begin(true);
    close('box');
  };
  return (
    <nav class="conversations" aria-label={say('conversationList')} ref={nav} onKeyDown={onKeyDown}>
      <div class="conversations-top">
        <SearchBox list={list} box={box} />
        <IconButton
          icon={icons.temporary}
          label={say('temporaryChat')}
          onClick={() => void beginTemporary()}
        />
        <IconButton icon={icons.close} label={say('closeList')} onClick={() => close('button')} />
      </div>
      <ListTrouble list={list} />
      {list.search.hits.value === null ? (
        <ConversationRows list={list} now={model.deps.now} open={open} box={box} />
      ) : (
        <SearchHits list={list} now={model.deps.now} open={open} box={box} />
      )}
      <UndoBar list={list} nav={nav} />
    </nav>
  );
}

function createList(model: ChatModel): ConversationList {
  const { connect, listen, openSearch } = model.deps;
  const { switching } = model;
  return new ConversationList({
    connect,
    listen,
    openSearch,
    open: (id, turnId) => switching.open(id, turnId),
    shown: switching.shown,
    announce: (words) => model.announce(words),
  });
}

interface PartProps {
  list: ConversationList;
}

function SearchBox({ list, box }: PartProps & { box: { current: HTMLInputElement | null } }) {
  const { search } = list;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    box.current?.closest('nav')?.querySelector<HTMLElement>('.entry-open[tabindex="0"]')?.focus();
  };
  return (
    <input
      type="search"
      class="field"
      aria-label={say('searchConversations')}
      placeholder={say('searchConversations')}
      autocomplete="off"
      maxLength={200}
      ref={box}
      value={search.query.value}
      onFocus={() => search.warm()}
      onInput={(event) => search.find(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function ListTrouble({ list }: PartProps) {
  const trouble = list.trouble.value;
  const words = trouble ? sayPlainly(trouble) : list.search.problem.value;
  if (words === null) return null;
  return (
    <p class="conversations-trouble" role="alert" data-code={trouble?.code ?? 'storage'}>
      <Icon name="alert" /> {words}
    </p>
  );
}

/** The way back from a deletion, for some seconds. */
function UndoBar({ list, nav }: PartProps & { nav: { current: HTMLElement | null } }) {
  const entry = list.undo.value;
  const undo = async () => {
    const id = entry?.id;
    await list.restore();
    nav.current?.querySelector<HTMLElement>(`[data-id="${id}"] .entry-open`)?.focus();
  };
  return (
    <div class={entry ? 'undo' : 'visually-hidden'}>
      {entry && (
        <>
          <span class="undo-words">{say('deletedNamed', entry.title || say('untitled'))}</span>
          <button type="button" class="button small" onClick={() => void undo()}>
            {say('undo')}
          </button>
        </>
      )}
    </div>
  );
}
