// What draws answers: a third of all that the chat is made of, and of no use before there is one. It is asked for as soon as the rest is
// on screen, so that it is there when an answer is. No message is shown before: one that says it is whole must have its text.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { TextFeed } from '../../lib/chat/text-feed.ts';

type Drawing = Pick<typeof import('./draw-text.ts'), 'drawText' | 'drawPlainText'>;

const loaded = signal<Drawing | null>(null);
let asked: Promise<void> | undefined;

/** Null until it is there. */
export const drawing: ReadonlySignal<Drawing | null> = loaded;

/** Never rejects. */
export function loadDrawing(): Promise<void> {
  asked ??= import('./draw-text.ts').then(
    ({ drawText, drawPlainText }) => {
      loaded.value = { drawText, drawPlainText };
    },
    // An extension that was updated has no files any more: what was said can still be read.
    () => {
      loaded.value = { drawText: drawBare, drawPlainText: drawBare };
    },
  );
  return asked;
}

function drawBare(root: HTMLElement, feed: TextFeed): () => void {
  return feed.attach({
    append: (text) => root.append(text),
    mark() {},
    reset: () => root.replaceChildren(),
    end() {},
  });
}
