// A selection in an editable part of the page.
import { type Field, notReplaced } from './field.ts';
import { focusedIn } from './flat.ts';

/** Undefined where no words are selected. The range is kept; editors that draw anew make it useless, which is noticed. */
export function createEditable(element: HTMLElement, selected: Range): Field | undefined {
  const { ownerDocument: document } = element;
  const range = selected.cloneRange();
  const raw = range.toString();
  // As it reads: the selection knows paragraphs, a range does not.
  const shown = String(document.getSelection() ?? '').replaceAll('\r\n', '\n');
  const text = shown.replace(/\s/g, '') === raw.replace(/\s/g, '') ? shown : raw;
  let before = element.textContent;
  let after: string | undefined;
  if (text.trim() === '') return undefined;
  const isThere = () => element.isConnected && element.textContent === before && range.toString() === raw;
  return {
    element,
    text,
    box: () => boxOf(range) ?? element.getBoundingClientRect(),
    isUntouched() {
      const focused = focusedIn(document);
      return isThere() && focused !== null && element.contains(focused);
    },
    replace(translation) {
      if (!isThere()) return notReplaced('Changed');
      element.focus({ preventScroll: true });
      select(document, range);
      document.execCommand('insertText', false, translation);
      if (element.textContent === before && translation !== text) return notReplaced('Refused');
      after = element.textContent;
      return '';
    },
    putBack() {
      // Only what nobody has touched since can be taken back as one step.
      if (after !== undefined && element.isConnected && element.textContent === after) {
        element.focus({ preventScroll: true });
        document.execCommand('undo');
        before = element.textContent;
      }
      after = undefined;
    },
  };
}

/** Leaves a selection that is right as it is: editors keep their own beside it, and hear of changes late. */
function select(document: Document, range: Range): void {
  const selection = document.getSelection();
  const now = selection?.rangeCount === 1 ? selection.getRangeAt(0) : undefined;
  const isSame =
    now?.startContainer === range.startContainer &&
    now.startOffset === range.startOffset &&
    now.endContainer === range.endContainer &&
    now.endOffset === range.endOffset;
  if (!isSame)
    selection?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

function boxOf(range: Range): DOMRect | undefined {
  const box = range.getBoundingClientRect?.();
  return box && box.width > 0 ? box : undefined;
}
