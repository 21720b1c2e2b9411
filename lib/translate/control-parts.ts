// The parts of the control: a line with progress and what can be done, and under "More" what is wanted less often.
import type { Show } from '../protocol/page.ts';
import { createBubble } from './bubble.ts';

export type Action =
  | 'stop'
  | 'confirm'
  | 'continue'
  | 'retry'
  | 'replace'
  | 'here'
  | 'switch'
  | 'restore'
  | 'copy'
  | 'copy-both'
  | 'close';

const LABELS: Record<Action, string> = {
  stop: 'Stop',
  confirm: 'Translate',
  continue: 'Continue',
  retry: 'Retry',
  replace: 'Replace',
  here: 'Show here',
  switch: 'Compare',
  restore: 'Show original',
  copy: 'Copy',
  'copy-both': 'Copy both',
  close: 'Close',
};

const SHOWS: Record<Show, string> = {
  'in-place': 'In place',
  below: 'Below the original',
  bubble: 'Beside in a box',
};

/** Keys go through a closed list one by one, and each step is a change; what they stop at is meant. */
const STEP_MS = 900;

export type Pick = 'language' | 'show';

export interface Picked {
  name: Pick;
  value: string;
}

export interface ControlParts {
  frame: HTMLElement;
  bubble: ReturnType<typeof createBubble>;
  progress: HTMLElement;
  said: HTMLElement;
  note: HTMLElement;
  buttons: ReadonlyMap<Action, HTMLButtonElement>;
  language: HTMLSelectElement;
  show: HTMLSelectElement;
  more: HTMLButtonElement;
  /** What the keyboard can reach now, in order. */
  stops(): HTMLElement[];
}

export function createParts(
  document: Document,
  onAction: (action: Action, event: Event) => void,
  onPick: (picked: Picked, event: Event) => void,
): ControlParts {
  const create = makerOf(document);
  const frame = create('div', 'frame');
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Runnel translation');
  frame.lang = 'en';
  const bubble = createBubble(document);
  const [pill, extra] = [create('div', 'pill'), create('div', 'pill extra')];
  const progress = create('span', 'progress');
  const said = create('span', 'said');
  const note = create('div', 'note');
  for (const status of [said, note]) status.setAttribute('role', 'status');
  const listOf = (name: Pick, label: string) =>
    createList(named(create('select', name), label), (value, event) => onPick({ name, value }, event));
  const language = listOf('language', 'Target language');
  const show = listOf('show', 'Show translations');
  show.append(...Object.entries(SHOWS).map(([value, label]) => new Option(label, value)));
  const more = named(create('button', 'more'), 'More');
  more.type = 'button';
  more.textContent = '⋯';
  const expand = (isOpen: boolean) => {
    extra.hidden = !isOpen;
    more.setAttribute('aria-expanded', String(isOpen));
  };
  more.addEventListener('click', () => expand(extra.hidden === true));
  expand(false);
  const buttons = new Map<Action, HTMLButtonElement>();
  for (const [action, label] of Object.entries(LABELS) as [Action, string][]) {
    const button = create('button', action);
    button.type = 'button';
    button.textContent = action === 'close' ? '×' : label;
    if (action === 'close') named(button, label);
    button.addEventListener('click', (event) => onAction(action, event));
    buttons.set(action, button);
  }
  pill.append(progress, said, language, ...buttons.values(), more);
  extra.append(show);
  // The last of the line, and what is wanted less often.
  for (const [action, line] of [
    ['close', pill],
    ['copy-both', extra],
  ] as const)
    line.append(buttons.get(action) ?? '');
  frame.append(bubble.element, pill, extra, note);
  const stops = () =>
    [...frame.querySelectorAll<HTMLElement>('.bubble, button, select')].filter(
      (element) => !element.closest('[hidden]'),
    );
  return { frame, bubble, progress, said, note, buttons, language, show, more, stops };
}

function createList(
  list: HTMLSelectElement,
  onValue: (value: string, event: Event) => void,
): HTMLSelectElement {
  let timer: ReturnType<typeof setTimeout>;
  let isStepping = false;
  list.addEventListener('keydown', ({ key }) => {
    isStepping = key !== 'Enter';
  });
  list.addEventListener('pointerdown', () => {
    isStepping = false;
  });
  list.addEventListener('change', (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => onValue(list.value, event), isStepping ? STEP_MS : 0);
  });
  return list;
}

/** For what shows no words of its own. */
function named<T extends HTMLElement>(element: T, name: string): T {
  element.setAttribute('aria-label', name);
  element.title = name;
  return element;
}

function makerOf(document: Document) {
  return <T extends keyof HTMLElementTagNameMap>(tag: T, className: string): HTMLElementTagNameMap[T] => {
    const element = document.createElement(tag);
    element.className = className;
    return element;
  };
}
