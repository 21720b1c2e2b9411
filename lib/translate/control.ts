// The small control beside a translation. It lives in a closed shadow root on an element of a random name; what it offers has
// no consequence beyond this page, because a page can lay anything over it.
import { CONTROL_STYLE, HOST_STYLE } from './control-style.ts';
import { createQuiet } from './quiet.ts';

export type Action = 'stop' | 'retry' | 'restore' | 'copy' | 'close';

const LABELS: Record<Action, string> = {
  stop: 'Stop',
  retry: 'Retry',
  restore: 'Show original',
  copy: 'Copy',
  close: 'Close',
};

/** A page may throw our element out; it comes back this often. */
const MOST_RETURNS = 3;

export interface ControlView {
  /** "3 of 12 · Spanish". */
  progress: string;
  /** What went wrong and what helps, in one line; empty where all is well. */
  note: string;
  actions: Action[];
  /** The run has ended and all is well: the control may fade. */
  isSettled: boolean;
}

export interface Control {
  show(view: ControlView): void;
  /** Puts the control at a place that depends on its size. */
  place(spotFor: (size: { width: number; height: number }) => { left: number; top: number }): void;
  remove(): void;
  readonly host: HTMLElement;
  /** For our own eyes: the page is given none. */
  readonly root: ShadowRoot;
}

export interface ControlOptions {
  document: Document;
  onAction: (action: Action) => void;
  /** Replaced in tests only, where no event is a person's. */
  isTrusted?: (event: Event) => boolean;
}

export function createControl({
  document,
  onAction,
  isTrusted = (event) => event.isTrusted,
}: ControlOptions): Control {
  const host = createHost(document);
  const root = host.attachShadow({ mode: 'closed' });
  addStyle(root, document);
  const frame = create(document, 'div', 'frame');
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Runnel translation');
  frame.lang = 'en';
  const pill = create(document, 'div', 'pill');
  const progress = create(document, 'span', 'progress');
  const note = create(document, 'div', 'note');
  for (const status of [progress, note]) status.setAttribute('role', 'status');
  const buttons = new Map<Action, HTMLButtonElement>();
  pill.append(progress);
  for (const [action, label] of Object.entries(LABELS) as [Action, string][]) {
    const button = createButton(document, action, label);
    button.addEventListener('click', (event) => {
      if (isTrusted(event)) onAction(action);
    });
    buttons.set(action, button);
    pill.append(button);
  }
  frame.append(pill, note);
  root.append(frame);
  document.documentElement.append(host);
  const returning = keepAttached(host);
  const quiet = createQuiet(host, (isQuiet) => frame.classList.toggle('quiet', isQuiet));

  return {
    host,
    root,
    show(view) {
      if (progress.textContent !== view.progress) progress.textContent = view.progress;
      if (note.textContent !== view.note) note.textContent = view.note;
      showButtons(buttons, view.actions, root);
      quiet.allow(view.isSettled);
    },
    place(spotFor) {
      const { width, height } = host.getBoundingClientRect();
      const { left, top } = spotFor({ width, height });
      host.style.setProperty('left', `${Math.round(left)}px`, 'important');
      host.style.setProperty('top', `${Math.round(top)}px`, 'important');
    },
    remove() {
      returning.disconnect();
      quiet.end();
      host.remove();
    },
  };
}

/** Shows what is offered now. Focus on a button that goes is handed to the next one, not lost to the page. */
function showButtons(buttons: Map<Action, HTMLButtonElement>, actions: Action[], root: ShadowRoot): void {
  const focused = root.activeElement;
  for (const [action, button] of buttons) button.hidden = !actions.includes(action);
  const first = actions[0] && buttons.get(actions[0]);
  if (focused instanceof HTMLElement && focused.hidden) first?.focus();
}

function createHost(document: Document): HTMLElement {
  const letters = crypto.getRandomValues(new Uint8Array(10));
  const name = Array.from(letters, (letter) => String.fromCharCode(97 + (letter % 26))).join('');
  const host = document.createElement(`${name.slice(0, 4)}-${name.slice(4)}`);
  host.style.cssText = HOST_STYLE;
  return host;
}

function createButton(document: Document, action: Action, label: string): HTMLButtonElement {
  const button = create(document, 'button', action);
  button.type = 'button';
  button.textContent = action === 'close' ? '×' : label;
  if (action === 'close') {
    button.setAttribute('aria-label', label);
    button.title = label;
  }
  return button;
}

function create<T extends keyof HTMLElementTagNameMap>(
  document: Document,
  tag: T,
  className: string,
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function addStyle(root: ShadowRoot, document: Document): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CONTROL_STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox refuses a content script's sheet on a page's shadow root.
    const style = document.createElement('style');
    style.textContent = CONTROL_STYLE;
    root.append(style);
  }
}

function keepAttached(host: HTMLElement): MutationObserver {
  let returns = 0;
  const top = host.ownerDocument.documentElement;
  const observer = new MutationObserver(() => {
    if (host.isConnected || returns >= MOST_RETURNS) return;
    returns += 1;
    top.append(host);
  });
  observer.observe(top, { childList: true });
  return observer;
}
