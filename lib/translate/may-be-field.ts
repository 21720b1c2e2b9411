// Whether the script for text fields should have a look.
import { findAround, focusedIn } from './flat.ts';
import { readSelection } from './selection.ts';

export function mayBeField(document: Document): boolean {
  if (focusedIn(document)?.matches('textarea, input')) return true;
  const around = readSelection(document)[0]?.findAround();
  return around !== undefined && findAround(around, (at) => at.matches('[contenteditable]')) !== undefined;
}
