/** Puts text on the clipboard; false where the page's rules forbid it. Needs the reader's gesture. */
export async function copyText(view: Window, text: string): Promise<boolean> {
  try {
    await view.navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages without a secure origin have no clipboard object; the old command works there.
    return copyByCommand(view, text);
  }
}

function copyByCommand(view: Window, text: string): boolean {
  let taken = false;
  const give = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
    taken = event.clipboardData !== null;
  };
  view.addEventListener('copy', give, { capture: true });
  try {
    view.document.execCommand('copy');
  } finally {
    view.removeEventListener('copy', give, { capture: true });
  }
  return taken;
}
