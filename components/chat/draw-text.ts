// Connects a feed to the page: text is gathered for the next frame, then appended by a sink.
import type { TextFeed } from '../../lib/chat/text-feed.ts';
import { createFrameBuffer } from '../../lib/render/frame-buffer.ts';
import { createMarkdownSink } from '../../lib/render/markdown-sink.ts';
import { createPlainSink } from '../../lib/render/plain-sink.ts';
import type { TextSink } from '../../lib/render/sink.ts';

type Copy = (text: string) => Promise<void>;

/** Draws `feed` as markdown into `root`, which belongs to it alone, until the returned function is called. */
export function drawText(root: HTMLElement, feed: TextFeed, copyText: Copy): () => void {
  const labels = { copy: 'Copy code', copied: 'Copied', image: 'image', seam: 'continued after a break' };
  return draw(root, feed, () => createMarkdownSink(root, { labels, copyText }));
}

/** The same for reasoning: plain text, a paragraph a node. */
export function drawPlainText(root: HTMLElement, feed: TextFeed): () => void {
  return draw(root, feed, () => createPlainSink(root));
}

function draw(root: HTMLElement, feed: TextFeed, createSink: () => TextSink): () => void {
  let sink = createSink();
  let buffer = createFrameBuffer((text) => sink.append(text));
  const detach = feed.attach({
    append: (text) => buffer.push(text),
    mark() {
      buffer.flushNow();
      sink.mark();
    },
    reset() {
      // What waits for its frame belongs to the text that is gone.
      buffer.dispose();
      root.replaceChildren();
      sink = createSink();
      buffer = createFrameBuffer((text) => sink.append(text));
    },
    end() {
      buffer.flushNow();
      sink.end();
    },
  });
  return () => {
    detach();
    buffer.dispose();
    root.replaceChildren();
  };
}
