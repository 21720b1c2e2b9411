// A selection in a text field of the page, and putting a translation in its place as if it were typed: the page hears of it, and Ctrl+Z
// takes it back.
import { say } from '../words/say.ts';
import { createEditable } from './editable.ts';
import { findAround, focusedIn } from './flat.ts';
import { readSelection } from './selection.ts';

/** Why a text is not replaced, for a person. */
export function notReplaced(why: 'Changed' | 'Full' | 'Refused'): string {
  return say(`field${why}`);
}

export interface Field {
  readonly element: HTMLElement;
  /** What is selected. */
  readonly text: string;
  /** Where that stands, in CSS pixels of the viewport. */
  box(): DOMRect;
  /** The field has the focus, and what was selected still stands there. */
  isUntouched(): boolean;
  /** Empty where it is done, else why it is not, for a person. */
  replace(text: string): string;
  /** Puts the selected text back where the translation still stands; else does nothing. */
  putBack(): void;
}

type TextInput = HTMLTextAreaElement | HTMLInputElement;

const EDITABLE = '[contenteditable]:not([contenteditable="false" i])';

/** The field with a selection in it; undefined where there is none, and for what is not to be read: passwords, card numbers. */
export function findField(document: Document): Field | undefined {
  const focused = focusedIn(document);
  if (isTextInput(focused)) return isSecret(focused) ? undefined : findSelected(focused);
  const [span] = readSelection(document);
  const around = span?.findAround();
  const nearest = around && findAround(around, (at) => at.matches('[contenteditable]'));
  if (!span || !(nearest instanceof HTMLElement) || !nearest.matches(EDITABLE)) return undefined;
  const range = span.rangeIn(nearest.getRootNode());
  return range && createEditable(nearest, range);
}

function isTextInput(element: Element | null): element is TextInput {
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && (element.type === 'text' || element.type === 'search');
}

/** A password that is being shown is a text field by type. */
function isSecret(input: TextInput): boolean {
  if (/password|one-time-code|\bcc-/i.test(input.autocomplete)) return true;
  const style = input.ownerDocument.defaultView?.getComputedStyle(input);
  return !/^(none)?$/.test(style?.getPropertyValue('-webkit-text-security') ?? '');
}

function findSelected(input: TextInput): Field | undefined {
  const before = input.value;
  const start = input.selectionStart ?? 0;
  const end = input.selectionEnd ?? 0;
  const text = before.slice(start, end);
  let written: string | undefined;
  if (text.trim() === '') return undefined;
  const put = (from: number, to: number, words: string): boolean => {
    const wanted = input.value.slice(0, from) + words + input.value.slice(to);
    input.focus({ preventScroll: true });
    input.setSelectionRange(from, to);
    insertText(input.ownerDocument, words);
    return input.value === wanted;
  };
  return {
    element: input,
    text,
    box: () => input.getBoundingClientRect(),
    isUntouched: () => focusedIn(input.ownerDocument) === input && input.value === before,
    replace(translation) {
      const words = input instanceof HTMLInputElement ? translation.replace(/\s*\n\s*/g, ' ') : translation;
      if (input.value !== before || !input.isConnected) return notReplaced('Changed');
      if (input.readOnly || input.disabled) return notReplaced('Refused');
      const length = before.length - text.length + words.length;
      if (input.maxLength >= 0 && length > input.maxLength) return notReplaced('Full');
      if (!put(start, end, words)) return notReplaced('Refused');
      written = words;
      return '';
    },
    putBack() {
      if (written === undefined) return;
      const stop = start + written.length;
      if (input.isConnected && input.value.slice(start, stop) === written) put(start, stop, text);
      written = undefined;
    },
  };
}

/** As if typed: in one step for Ctrl+Z, with the browser's own input events. */
function insertText(document: Document, text: string): void {
  document.execCommand('insertText', false, text);
}
