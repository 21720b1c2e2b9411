// Connects a feed to the page: text is gathered for the next frame, then appended by the markdown sink.
import type { TextFeed } from '../../lib/chat/text-feed.ts';
import { createFrameBuffer } from '../../lib/render/frame-buffer.ts';
import { createMarkdownSink } from '../../lib/render/markdown-sink.ts';

type Copy = (text: string) => Promise<void>;

/** Draws `feed` into `root`, which belongs to it alone, until the returned function is called. */
export function drawText(root: HTMLElement, feed: TextFeed, copyText: Copy): () => void {
  const options = { labels: { copy: 'Copy code', copied: 'Copied', image: 'image' }, copyText };
  let sink = createMarkdownSink(root, options);
  let buffer = createFrameBuffer((text) => sink.append(text));
  const detach = feed.attach({
    append: (text) => buffer.push(text),
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

/** The same for reasoning: plain text, a node per piece. */
export function drawPlainText(root: HTMLElement, feed: TextFeed): () => void {
  const buffer = createFrameBuffer((text) => root.append(text));
  const detach = feed.attach({
    append: (text) => buffer.push(text),
    reset: () => root.replaceChildren(),
    end: () => buffer.flushNow(),
  });
  return () => {
    detach();
    buffer.dispose();
    root.replaceChildren();
  };
}
