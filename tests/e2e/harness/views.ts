// What a test without Playwright does in a page of ours: scripts, as text, for any driver that can evaluate.

/** Numbered, so that a gap or a repetition shows. */
export function drops(count: number): string {
  return Array.from({ length: count }, (_, index) => `Drop ${index + 1} arrives.`).join(' ');
}

/** Writes a message and sends it. */
export const sending = (text: string): string => `(() => {
  const box = document.querySelector('textarea');
  box.focus();
  document.execCommand('insertText', false, ${JSON.stringify(text)});
  const name = (button) => (button.getAttribute('aria-label') ?? button.textContent).trim();
  [...document.querySelectorAll('button')].find((button) => name(button) === 'Send').click();
  return true;
})()`;

export const HAS_MESSAGE_BOX = "Boolean(document.querySelector('textarea'))";

export interface SeenReply {
  state: string;
  /** The model's words as drawn, without figures and buttons. */
  text: string;
  buttons: string[];
}

/** The last answer on screen; null where there is none. */
export const LAST_REPLY = `(() => {
  const reply = [...document.querySelectorAll('[role=log] [data-role=assistant]')].at(-1);
  if (!reply) return null;
  const text = [...reply.querySelectorAll('.prose')].map((prose) => prose.textContent).join('');
  const buttons = [...document.querySelectorAll('button')];
  const names = buttons.map((button) => (button.getAttribute('aria-label') ?? button.textContent).trim());
  return { state: reply.dataset.state, text, buttons: names };
})()`;
