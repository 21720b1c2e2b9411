// The small control beside a translation. It lives in a closed shadow root on an element of a random name; what it offers has
// no consequence beyond this page, because a page can lay anything over it.
import type { WrittenLanguage } from './blocks.ts';
import { createBubble } from './bubble.ts';
import { createHost } from './host.ts';
import { createQuiet } from './quiet.ts';

export type Action =
  | 'stop'
  | 'retry'
  | 'replace'
  | 'here'
  | 'switch'
  | 'copy'
  | 'copy-both'
  | 'restore'
  | 'close';

const LABELS: Record<Action, string> = {
  stop: 'Stop',
  retry: 'Retry',
  replace: 'Replace',
  here: 'Show here',
  switch: 'Original',
  copy: 'Copy',
  'copy-both': 'Copy both',
  restore: 'Show original',
  close: 'Close',
};

/** A screen reader hears of changes in what it knows already; this is how long it gets. */
const HEARD_AFTER_MS = 100;

export interface ControlView {
  /** "3 of 12 · Spanish". */
  progress: string;
  /** What a screen reader is told: that it begins, and how it ended. */
  said: string;
  /** What went wrong and what helps, in one line; empty where all is well. */
  note: string;
  actions: Action[];
  /** The originals are shown for now: `switch` brings the translation. */
  isSwitched: boolean;
  /** The run has ended and all is well: the control may fade. */
  isSettled: boolean;
}

export interface Control {
  show(view: ControlView): void;
  /** Shows text in a box beside the selection; no paragraphs close the box. */
  write(paragraphs: readonly string[], language: WrittenLanguage | undefined): void;
  /** Puts the control at a place that depends on its size. */
  place(spotFor: (size: { width: number; height: number }) => { left: number; top: number }): void;
  /** Takes the keyboard's focus to the first button. */
  focus(): void;
  blur(): void;
  /** 'edge': on the last part of the control, or with `isBack` the first, where Tab leaves it. */
  focusAt(isBack: boolean): 'outside' | 'inside' | 'edge';
  remove(): void;
  readonly host: HTMLElement;
  /** For our own eyes: the page is given none. */
  readonly root: ShadowRoot;
}

export interface ControlOptions {
  /** What the control is about. */
  beside: Element;
  onAction: (action: Action) => void;
  /** Replaced in tests only, where no event is a person's. */
  isTrusted?: (event: Event) => boolean;
}

export function createControl({
  beside,
  onAction,
  isTrusted = (event) => event.isTrusted,
}: ControlOptions): Control {
  const document = beside.ownerDocument;
  const { element: host, root, remove } = createHost(beside);
  const frame = createFrame(document);
  const bubble = createBubble(document);
  const pill = create(document, 'div', 'pill');
  const progress = create(document, 'span', 'progress');
  const said = create(document, 'span', 'said');
  const note = create(document, 'div', 'note');
  for (const status of [said, note]) status.setAttribute('role', 'status');
  pill.append(progress, said);
  const buttons = createButtons(document, (action, event) => {
    if (isTrusted(event)) onAction(action);
  });
  pill.append(...buttons.values());
  frame.append(bubble.element, pill, note);
  root.append(frame);
  const quiet = createQuiet(host, (isQuiet) => frame.classList.toggle('quiet', isQuiet));
  let saying: ReturnType<typeof setTimeout> | undefined;
  const stops = () => [bubble.element, ...buttons.values()].filter(({ hidden }) => !hidden);

  return {
    host,
    root,
    show(view) {
      write(progress, view.progress);
      write(note, view.note);
      clearTimeout(saying);
      saying = setTimeout(() => write(said, view.said), HEARD_AFTER_MS);
      const toggle = buttons.get('switch');
      if (toggle) write(toggle, view.isSwitched ? 'Translation' : 'Original');
      showButtons(buttons, view.actions, root);
      quiet.allow(view.isSettled && bubble.element.hidden === true);
    },
    write: bubble.write,
    place(spotFor) {
      const { width, height } = host.getBoundingClientRect();
      const { left, top } = spotFor({ width, height });
      // By its edges it would count as a shift of the page's layout.
      host.style.setProperty('translate', `${Math.round(left)}px ${Math.round(top)}px`, 'important');
    },
    focus: () => stops().at(0)?.focus({ preventScroll: true }),
    blur: () => (root.activeElement as HTMLElement | null)?.blur(),
    focusAt(isBack) {
      const { activeElement } = root;
      if (!activeElement) return 'outside';
      return activeElement === stops().at(isBack ? 0 : -1) ? 'edge' : 'inside';
    },
    remove() {
      clearTimeout(saying);
      quiet.end();
      remove();
    },
  };
}

/** What has not changed is not written: a screen reader would say it again. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows what is offered now. Focus on a button that goes is handed to the next one, not lost to the page. */
function showButtons(buttons: Map<Action, HTMLButtonElement>, actions: Action[], root: ShadowRoot): void {
  const focused = root.activeElement;
  for (const [action, button] of buttons) button.hidden = !actions.includes(action);
  const first = actions[0] && buttons.get(actions[0]);
  if (focused instanceof HTMLElement && focused.hidden) first?.focus();
}

function createFrame(document: Document): HTMLElement {
  const frame = create(document, 'div', 'frame');
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Runnel translation');
  frame.lang = 'en';
  return frame;
}

function createButtons(
  document: Document,
  onClick: (action: Action, event: Event) => void,
): Map<Action, HTMLButtonElement> {
  const buttons = new Map<Action, HTMLButtonElement>();
  for (const [action, label] of Object.entries(LABELS) as [Action, string][]) {
    const button = create(document, 'button', action);
    button.type = 'button';
    button.textContent = action === 'close' ? '×' : label;
    if (action === 'close') {
      button.setAttribute('aria-label', label);
      button.title = label;
    }
    button.addEventListener('click', (event) => onClick(action, event));
    buttons.set(action, button);
  }
  return buttons;
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
