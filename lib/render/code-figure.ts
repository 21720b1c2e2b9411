import type { MarkdownOptions } from './options.ts';

// One ever-growing text node costs a layout of all of it on each frame. Lines are kept in boxes of this
// many, so that a frame lays out the last box only.
const LINES_A_BOX = 64;
const COPIED_MS = 2000;
const MAX_LANGUAGE_CHARS = 32;

export interface CodeWriter {
  append(text: string): void;
}

/** Where a box ends depends on the number of lines only, so appending in parts builds the same nodes. */
export function createCodeWriter(code: HTMLElement): CodeWriter {
  const page = code.ownerDocument;
  let box: Text | undefined;
  let linesInBox = 0;

  function write(text: string) {
    if (box === undefined) {
      const span = page.createElement('span');
      span.className = 'lines';
      box = page.createTextNode(text);
      span.append(box);
      code.append(span);
    } else {
      box.appendData(text);
    }
  }

  return {
    append(text) {
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
        linesInBox += 1;
        if (linesInBox < LINES_A_BOX) continue;
        write(text.slice(start, end + 1));
        start = end + 1;
        box = undefined;
        linesInBox = 0;
      }
      if (start < text.length) write(text.slice(start));
    },
  };
}

function createCopyButton(code: HTMLElement, options: MarkdownOptions): HTMLButtonElement {
  const button = code.ownerDocument.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = options.labels.copy;
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function copy() {
    try {
      await options.copyText(code.textContent);
    } catch {
      // The label that does not change is the answer; there is nothing else to do about a closed clipboard.
      return;
    }
    button.textContent = options.labels.copied;
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = options.labels.copy;
    }, COPIED_MS);
  }
  button.addEventListener('click', () => void copy());
  return button;
}

/** Long lines go on below instead of out of sight. */
function createWrapButton(figure: HTMLElement, options: MarkdownOptions): HTMLButtonElement {
  const button = figure.ownerDocument.createElement('button');
  button.type = 'button';
  button.className = 'wrap';
  button.textContent = options.labels.wrap;
  button.setAttribute('aria-pressed', 'false');
  // Offered where a line is too long, which is known when the code is whole.
  button.hidden = true;
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(figure.classList.toggle('wrapped')));
  });
  return button;
}

export interface CodeFigure {
  figure: HTMLElement;
  code: HTMLElement;
}

/** An empty figure; the code is written with `createCodeWriter`. `info` is the text after the fence. */
export function createCodeFigure(page: Document, info: string, options: MarkdownOptions): CodeFigure {
  const figure = page.createElement('figure');
  figure.className = 'code';
  const head = page.createElement('figcaption');
  const language = page.createElement('span');
  language.className = 'language';
  language.textContent = (info.trim().split(/\s/, 1)[0] ?? '').slice(0, MAX_LANGUAGE_CHARS);
  const scroller = page.createElement('pre');
  // Code reads left to right in every language, and a page translator must not touch it.
  scroller.dir = 'ltr';
  scroller.setAttribute('translate', 'no');
  // Long lines scroll sideways; without a tab stop a keyboard could not reach their ends.
  scroller.tabIndex = 0;
  const code = page.createElement('code');
  scroller.append(code);
  head.append(language, createWrapButton(figure, options), createCopyButton(code, options));
  figure.append(head, scroller);
  return { figure, code };
}
