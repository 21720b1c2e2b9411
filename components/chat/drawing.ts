// What draws answers: a third of all that the chat is made of, and of no use before there is one. It is asked for as soon as the rest is
// on screen, so that it is there when an answer is.
import { type ReadonlySignal, signal } from '@preact/signals';

type Drawing = typeof import('./draw-text.ts');

const loaded = signal<Drawing | null>(null);
let asked: Promise<void> | undefined;

/** Null until it is there. */
export const drawing: ReadonlySignal<Drawing | null> = loaded;

/** Never rejects; what could not be loaded is asked for again the next time. */
export function loadDrawing(): Promise<void> {
  asked ??= import('./draw-text.ts').then(
    (found) => {
      loaded.value = found;
    },
    () => {
      asked = undefined;
    },
  );
  return asked;
}
