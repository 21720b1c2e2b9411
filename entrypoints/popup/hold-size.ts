/**
 * Gives the chat the popup's size in pixels, whenever that changes. Chromium sizes a popup by its content: with each layout it makes the
 * view small and then as large as the content wants. What hangs on the view's size is laid out anew each time, all of the conversation
 * several times a frame while an answer streams; what has a size of its own is not.
 */
export function holdSize(root: HTMLElement): void {
  const hold = () => {
    root.style.inlineSize = `${innerWidth}px`;
    root.style.blockSize = `${innerHeight}px`;
  };
  addEventListener('resize', hold);
  hold();
}
