// Connects a feed to the page: text is gathered for the next frame, then appended by a sink.
import type { TextFeed } from '../../lib/chat/text-feed.ts';
import type { Parts } from '../../lib/render/decorate.ts';
import { createFrameBuffer } from '../../lib/render/frame-buffer.ts';
import { decorateLater } from '../../lib/render/later.ts';
import { createMarkdownSink } from '../../lib/render/markdown-sink.ts';
import type { MarkdownLabels } from '../../lib/render/options.ts';
import { createPlainSink } from '../../lib/render/plain-sink.ts';
import type { TextSink } from '../../lib/render/sink.ts';
import { say } from '../../lib/words/say.ts';

type Copy = (text: string) => Promise<void>;

const sayLabels = (): MarkdownLabels => ({
  copy: say('copyCode'),
  copied: say('copied'),
  wrap: say('wrapLines'),
  image: say('imageLabel'),
  seam: say('seamLabel'),
  notes: say('footnotes'),
  note: (number) => say('footnote', number),
  back: (number) => say('backToFootnote', number),
});

const parts: Parts = {
  loadHighlighter: async () => (await import('../../lib/render/highlight.ts')).findRuns,
  async loadTypesetter() {
    const [{ createMath }] = await Promise.all([
      import('../../lib/render/typeset.ts'),
      import('../style/formula.css'),
    ]);
    return createMath;
  },
};

let drawn = 0;

/** Draws `feed` as markdown into `root`, which belongs to it alone, until the returned function is called. */
export function drawText(root: HTMLElement, feed: TextFeed, copyText: Copy): () => void {
  const name = String(++drawn);
  const decorator = decorateLater(async () => {
    const { createDecorator } = await import('../../lib/render/decorate.ts');
    return createDecorator(root, parts);
  });
  const options = {
    ...{ labels: sayLabels(), copyText, name },
    typeset: (tex: string, display: boolean) => decorator.typeset(tex, display),
    finished: (elements: readonly HTMLElement[]) => decorator.finished(elements),
  };
  const stop = draw(root, feed, () => createMarkdownSink(root, options));
  return () => {
    decorator.dispose();
    stop();
  };
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
