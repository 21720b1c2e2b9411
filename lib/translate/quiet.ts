// Fades the control away when nobody needs it: after a while without pointer, back on approach.

const FADE_AFTER_MS = 4000;
/** How near, in CSS pixels, counts as an approach. */
const NEAR = 80;

export interface Quiet {
  /** Whether the control may fade at all; while text streams it may not. */
  allow(allowed: boolean): void;
  end(): void;
}

/** Calls `show` with true when the control should be quiet, false when it should be seen. */
export function createQuiet(host: HTMLElement, show: (isQuiet: boolean) => void): Quiet {
  const view = host.ownerDocument.defaultView;
  let isAllowed = false;
  let timer: number | undefined;
  const wake = (): void => {
    view?.clearTimeout(timer);
    show(false);
    if (isAllowed) timer = view?.setTimeout(() => show(true), FADE_AFTER_MS);
  };
  const approach = ({ clientX, clientY }: PointerEvent): void => {
    if (!isAllowed) return;
    const box = host.getBoundingClientRect();
    const isNear =
      clientX > box.left - NEAR &&
      clientX < box.right + NEAR &&
      clientY > box.top - NEAR &&
      clientY < box.bottom + NEAR;
    if (isNear) wake();
  };
  view?.addEventListener('pointermove', approach, { passive: true });
  return {
    allow(allowed) {
      isAllowed = allowed;
      wake();
    },
    end() {
      view?.clearTimeout(timer);
      view?.removeEventListener('pointermove', approach);
    },
  };
}
