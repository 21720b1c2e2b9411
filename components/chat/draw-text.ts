// Connects a feed to the page: text is gathered for the next frame, then appended by the markdown sink.
import type { TextFeed } from '../../lib/chat/text-feed.ts';
import { createFrameBuffer } from '../../lib/render/frame-buffer.ts';
import { createMarkdownSink } from '../../lib/render/markdown-sink.ts';
import { createPlainSink } from '../../lib/render/plain-sink.ts';

type Copy = (text: string) => Promise<void>;

/** Draws `feed` into `root`, which belongs to it alone, until the returned function is called. */
export function drawText(root: HTMLElement, feed: TextFeed, copyText: Copy): () => void {
  const options = {
    labels: { copy: 'Copy code', copied: 'Copied', image: 'image', seam: 'continued after a break' },
    copyText,
  };
  let sink = createMarkdownSink(root, options);
  let buffer = createFrameBuffer((text) => sink.append(text));
  const detach = feed.attach({
    append: (text) => buffer.push(text),
    mark() {
      buffer.flushNow();
      sink.mark();
    },
    reset() {
      buffer.dispose();
      root.replaceChildren();
      sink = createMarkdownSink(root, options);
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

/** The same for reasoning: plain text, a paragraph a node. */
export function drawPlainText(root: HTMLElement, feed: TextFeed): () => void {
  let sink = createPlainSink(root);
  const buffer = createFrameBuffer((text) => sink.append(text));
  const detach = feed.attach({
    append: (text) => buffer.push(text),
    mark: () => {},
    reset() {
      root.replaceChildren();
      sink = createPlainSink(root);
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
