// What one block of an answer defines for others: the targets of links, and footnotes.
import type { Links } from 'marked';
import { createBlockElement } from './block-nodes.ts';
import type { Scope } from './inline-nodes.ts';
import { createLateLinks } from './late-links.ts';
import { lexSegment } from './lex.ts';
import type { Added } from './notes.ts';
import type { Finished } from './open-block.ts';

export interface Definitions {
  /** Takes what a closed block defines, and shows it again when something that it names is defined. */
  take(segment: string, finished: Finished): void;
}

/** `links` are all that are known; whoever closes a block adds to them. */
export function createDefinitions(scope: Scope, links: Links): Definitions {
  const { notes, options } = scope;
  const late = createLateLinks((label) => Object.hasOwn(links, label) || notes.isKnown(label.slice(1)));

  function redraw(segment: string, finished: Finished) {
    const [first] = finished.elements;
    if (first === undefined) return;
    const fresh = lexSegment(segment, links).tokens.map((token) => createBlockElement(scope, token));
    for (const element of fresh) element.classList.add('block');
    first.before(...fresh);
    for (const element of finished.elements) element.remove();
    finished.elements = fresh;
    options.finished?.(fresh);
  }

  function redrawNote({ note, redraw: draw }: Added) {
    const [fresh] = lexSegment(note.raw, links).notes;
    if (fresh) draw(fresh);
  }

  return {
    take(segment, finished) {
      late.wait(segment, () => redraw(segment, finished));
      const added = notes.add(finished.notes);
      for (const one of added) late.wait(one.note.raw, () => redrawNote(one));
      late.define([...Object.keys(finished.defined), ...added.map(({ label }) => label)]);
    },
  };
}
