// What a key means in the message box.
import type { Settings } from '../settings/schema.ts';

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'isComposing' | 'keyCode'>;

export type RecallKey = Key & Pick<KeyboardEvent, 'altKey'>;

/** 229 is what a key says while an input method is composing, where isComposing is already false (Safari's and old Gecko's order). */
export function isComposing({ isComposing, keyCode }: Key): boolean {
  return isComposing || keyCode === 229;
}

/** Whether this key sends the message; with Shift, Enter always makes a new line. */
export function sendsMessage(key: Key, sendWith: Settings['sendWith']): boolean {
  if (key.key !== 'Enter' || key.shiftKey || isComposing(key)) return false;
  return sendWith === 'enter' || key.ctrlKey || key.metaKey;
}

/** The way through one's own questions: only from an empty box or its very start, where the arrows have nothing else to do. */
export function recallDirection(
  key: RecallKey,
  box: Pick<HTMLTextAreaElement, 'selectionStart' | 'selectionEnd'>,
): 'older' | 'newer' | undefined {
  if (isComposing(key) || key.shiftKey || key.ctrlKey || key.metaKey || key.altKey) return undefined;
  if (box.selectionStart !== 0 || box.selectionEnd !== 0) return undefined;
  if (key.key === 'ArrowUp') return 'older';
  return key.key === 'ArrowDown' ? 'newer' : undefined;
}
