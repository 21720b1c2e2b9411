// Does what the keys of the chat say (lib/chat/shortcuts.ts). Loaded when the chat is on screen.
import type { RefObject } from 'preact';
import type { ChatModel } from '../../lib/chat/model.ts';
import { findKeyAction, type KeyAction, type KeyPlace } from '../../lib/chat/shortcuts.ts';
import { messages } from './focus.ts';

export interface Parts {
  model: ChatModel;
  box: RefObject<HTMLTextAreaElement | null>;
  showShortcuts: () => void;
}

/** Listens until the returned function is called. */
export function listenToKeys({ model, box, showShortcuts }: Parts): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const action = findKeyAction(event, placeOf(event.target));
    if (!action) return;
    event.preventDefault();
    if (!event.repeat || action.endsWith('-message')) perform(action, { model, box, showShortcuts });
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'messages';
  if (target.closest('textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])'))
    return 'text';
  if (target === document.body || target === document.documentElement) return 'messages';
  return target.closest('[role=log]') && !target.closest('[role=menu], dialog') ? 'messages' : 'other';
}

function perform(action: KeyAction, { model, box, showShortcuts }: Parts): void {
  const { actions } = model;
  const message = focusedMessage();
  const turnId = message?.dataset['turn'] ?? model.turns.peek().at(-1)?.id ?? '';
  const ways: Record<KeyAction, () => void> = {
    shortcuts: showShortcuts,
    'focus-box': () => box.current?.focus(),
    'new-chat': () => {
      box.current?.focus();
      void model.newChat();
    },
    'previous-message': () => move(-1, box.current),
    'next-message': () => move(1, box.current),
    copy: () =>
      void (message?.dataset['role'] === 'user' ? actions.copyQuestion(turnId) : actions.copy(turnId)),
    regenerate: () => actions.regenerate(turnId),
    edit: () => actions.editing.begin(turnId),
    // Not the last one by a slip of the finger: a message must be chosen.
    delete: () => message && actions.remove(turnId),
    stop: () => model.stop(),
  };
  ways[action]();
}

/** The innermost message that has the focus or holds it; cards of tools belong to theirs. */
function focusedMessage(): HTMLElement | undefined {
  return document.activeElement?.closest<HTMLElement>('article[data-turn]') ?? undefined;
}

/** To the message before or after; behind the last one is the message box. */
function move(by: 1 | -1, box: HTMLElement | null): void {
  const all = messages();
  const focused = focusedMessage();
  const at = focused ? all.indexOf(focused) : all.length;
  const next = at + by;
  if (next < 0) return;
  const target = all[next];
  if (!target) {
    box?.focus();
    return;
  }
  target.focus({ preventScroll: true });
  // A long answer is read from its beginning.
  target.scrollIntoView({ block: target.offsetHeight > innerHeight / 2 ? 'start' : 'nearest' });
}
