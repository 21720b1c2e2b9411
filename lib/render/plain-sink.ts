import type { TextSink } from './sink.ts';

/**
 * Writes text as it stands, a paragraph element with one Text node for every run between blank lines:
 * one ever-growing node costs a layout of everything on each frame.
 */
export function createPlainSink(root: HTMLElement): TextSink {
  let open: Text | undefined;
  // Newlines are held until it is known what follows: one stays in the text, more begin a paragraph.
  let newlines = '';
  let carriageReturn = false;

  function write(text: string) {
    if (open === undefined) {
      const paragraph = root.ownerDocument.createElement('p');
      paragraph.dir = 'auto';
      open = root.ownerDocument.createTextNode(text);
      paragraph.append(open);
      root.append(paragraph);
    } else {
      open.appendData(text);
    }
  }

  function writeRun(run: string) {
    if (newlines.length > 1) open = undefined;
    write(open === undefined ? run : newlines + run);
    newlines = '';
  }

  return {
    append(text) {
      const whole = (carriageReturn ? '\r' : '') + text;
      carriageReturn = whole.endsWith('\r');
      const normal = (carriageReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
      for (const part of normal.split(/(\n+)/)) {
        if (part === '') continue;
        if (part.startsWith('\n')) newlines += part;
        else writeRun(part);
      }
    },
    // Plain text shows no seams.
    mark() {},
    end() {
      newlines = '';
      open = undefined;
    },
  };
}
