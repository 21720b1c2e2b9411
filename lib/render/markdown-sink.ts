import type { Links } from 'marked';
import { appendBlocks } from './block-nodes.ts';
import { createDefinitions } from './definitions.ts';
import { createGroups } from './groups.ts';
import type { Scope } from './inline-nodes.ts';
import { createNotes } from './notes.ts';
import { createOpenBlock } from './open-block.ts';
import { createOpenFence, type OpenFence } from './open-fence.ts';
import type { MarkdownOptions } from './options.ts';
import { createSeams } from './seams.ts';
import { createSegmenter } from './segments.ts';
import type { TextSink } from './sink.ts';

export type { MarkdownOptions } from './options.ts';

/** Turns every line end into `\n`, also one that two deltas share. */
function createLineEnds(): (text: string, isLast: boolean) => string {
  let carry = '';
  return (text, isLast) => {
    const whole = carry + text;
    carry = !isLast && whole.endsWith('\r') ? '\r' : '';
    return (carry === '' ? whole : whole.slice(0, -1)).replace(/\r\n?/g, '\n');
  };
}

interface Writer {
  append(text: string): void;
  mark(): void;
  end(text: string): void;
}

function createWriter(root: HTMLElement, options: MarkdownOptions): Writer {
  const links: Links = Object.create(null);
  const notes = createNotes(root, options, (element, note) => appendBlocks(element, note.tokens, scope));
  const scope: Scope = { page: root.ownerDocument, options, notes, depth: 0 };
  const definitions = createDefinitions(scope, links);
  const groups = createGroups(root);
  const segmenter = createSegmenter();
  const normalise = createLineEnds();
  const block = createOpenBlock(groups, scope, links);
  const seams = createSeams(groups, root.ownerDocument, options.labels.seam ?? '');
  let fence: OpenFence | undefined;

  function finish(segment: string) {
    const code = fence?.finish(segment);
    if (code) {
      options.finished?.([code]);
    } else {
      fence?.remove();
      const finished = block.finish(segment);
      definitions.take(segment, finished);
      options.finished?.(finished.elements);
    }
    fence = undefined;
    seams.settle();
    groups.settle();
  }

  function updateOpen(fresh: string) {
    const open = segmenter.openFence();
    if (open === undefined) {
      if (fresh !== '') block.update(segmenter.tail, fresh);
      return;
    }
    if (fence) {
      fence.append(fresh, segmenter.partialLine());
      return;
    }
    block.clear();
    const tail = segmenter.tail();
    fence = createOpenFence(groups, scope, tail.slice(0, open.headLength), links);
    fence.append(tail.slice(open.headLength), segmenter.partialLine());
  }

  return {
    append(text) {
      const normal = normalise(text, false);
      const closed = segmenter.push(normal);
      for (const segment of closed) finish(segment);
      // After a cut the open text is another one; what was added to it is all of it.
      updateOpen(closed.length > 0 ? segmenter.tail() : normal);
    },
    mark: () => seams.mark(segmenter.tail() !== ''),
    end(text) {
      for (const segment of segmenter.push(normalise(text, true))) finish(segment);
      const rest = segmenter.tail();
      if (rest !== '') finish(rest);
    },
  };
}

/**
 * Writes streamed markdown into `root` as elements, never as an HTML string. Blocks that no later text can
 * change are rendered once, get the class `block` and are not touched again; the rest is patched on each call.
 * The children of `root` are groups of blocks (`div.group`), those of a group are the blocks.
 * After `end()` the elements are those of `renderMarkdown` for the same text, however it was split.
 */
export function createMarkdownSink(root: HTMLElement, options: MarkdownOptions): TextSink {
  const writer = createWriter(root, options);
  return { append: writer.append, mark: writer.mark, end: () => writer.end('') };
}

/** Renders a text that is complete; nothing is drawn as unfinished on the way. `root` should be empty. */
export function renderMarkdown(root: HTMLElement, text: string, options: MarkdownOptions): void {
  createWriter(root, options).end(text);
}
