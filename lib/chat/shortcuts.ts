// The keys of the chat. Single letters count only where the focus is among the messages: elsewhere they are text, or a slip.

export type KeyAction =
  | 'shortcuts'
  | 'focus-box'
  | 'new-chat'
  | 'previous-message'
  | 'next-message'
  | 'copy'
  | 'regenerate'
  | 'edit'
  | 'delete'
  | 'stop';

const letters: Readonly<Record<string, KeyAction>> = {
  k: 'previous-message',
  j: 'next-message',
  c: 'copy',
  r: 'regenerate',
  e: 'edit',
  d: 'delete',
  Delete: 'delete',
  s: 'stop',
  n: 'new-chat',
  i: 'focus-box',
  '/': 'focus-box',
};

/** What of a key press counts. */
export interface Press {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
}

/** Where the focus is: in a box for text, among the messages (or nowhere), or at something else. */
export type KeyPlace = 'text' | 'messages' | 'other';

export function findKeyAction(press: Press, place: KeyPlace): KeyAction | undefined {
  const { key, altKey, ctrlKey, metaKey } = press;
  if (press.isComposing) return undefined;
  const hasCommand = ctrlKey || metaKey;
  if (altKey && !hasCommand && key === 'ArrowUp') return 'previous-message';
  if (altKey && !hasCommand && key === 'ArrowDown') return 'next-message';
  if (hasCommand && !altKey && key === '/') return 'shortcuts';
  if (hasCommand || altKey || place === 'text') return undefined;
  if (key === '?') return 'shortcuts';
  return place === 'messages' && Object.hasOwn(letters, key) ? letters[key] : undefined;
}
