// Where the focus goes when what had it goes away. It is never left to the document: a keyboard would begin at the top again.

/** The message on screen of that turn. */
export function messageOf(turnId: string, role: 'user' | 'assistant'): HTMLElement | null {
  return document.querySelector<HTMLElement>(`article[data-role=${role}][data-turn="${CSS.escape(turnId)}"]`);
}

/** All messages on screen, in their order. */
export function messages(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[role=log] article[data-turn]')];
}

/** Focuses what `find` finds once the screen is up to date, unless something has the focus by then. */
export function focusLater(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => {
    if (isFocusLost()) (find() ?? document.querySelector<HTMLElement>('.composer textarea'))?.focus();
  });
}

function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
