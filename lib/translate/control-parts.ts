// The parts of the control: a line with progress and what can be done, and under "More" what is wanted less often.
import type { Show } from '../protocol/page.ts';
import { say, wordsDirection, wordsLanguage } from '../words/say.ts';
import { createBubble } from './bubble.ts';

const ACTIONS = [
  'stop',
  'confirm',
  'continue',
  'retry',
  'replace',
  'here',
  'switch',
  'restore',
  'copy',
  'copy-both',
  'close',
] as const;
export type Action = (typeof ACTIONS)[number];

const SHOWS: readonly Show[] = ['in-place', 'below', 'bubble'];

type Snake<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}_${Tail}` : S;

function labelOf(what: Action | Show): string {
  return say(`do_${what.replace('-', '_')}` as `do_${Snake<Action | Show>}`);
}

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

/** What is said later, when there may be no extension any more to look it up. */
const LATER = ['copied', 'do_translation'] as const;

export function createParts(
  document: Document,
  onAction: (action: Action, event: Event) => void,
  onPick: (picked: Picked, event: Event) => void,
): ControlParts {
  const create = makerOf(document);
  const frame = create('div', 'frame');
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', say('controlName'));
  frame.lang = wordsLanguage();
  frame.dir = wordsDirection();
  const bubble = createBubble(document);
  for (const name of LATER) say(name);
  const [pill, extra] = [create('div', 'pill'), create('div', 'pill extra')];
  const progress = create('span', 'progress');
  const said = create('span', 'said');
  const note = create('div', 'note');
  for (const status of [said, note]) status.setAttribute('role', 'status');
  const listOf = (name: Pick, label: string) =>
    createList(named(create('select', name), label), (value, event) => onPick({ name, value }, event));
  const language = listOf('language', say('intoLanguage'));
  const show = listOf('show', say('showTranslations'));
  show.append(...SHOWS.map((value) => new Option(labelOf(value), value)));
  const more = named(create('button', 'more'), say('more'));
  more.type = 'button';
  more.textContent = '⋯';
  const expand = (isOpen: boolean) => {
    extra.hidden = !isOpen;
    more.setAttribute('aria-expanded', String(isOpen));
  };
  more.addEventListener('click', () => expand(extra.hidden === true));
  expand(false);
  const buttons = new Map<Action, HTMLButtonElement>();
  for (const action of ACTIONS) {
    const label = labelOf(action);
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
    timer = setTimeout(
      () => {
        const { value, dataset } = list;
        if (value === dataset['shown']) return;
        dataset['shown'] = value;
        onValue(value, event);
      },
      isStepping ? STEP_MS : 0,
    );
  });
  return list;
}

/** Shows `value`, unless the reader is on the way to another. */
export function setList(list: HTMLSelectElement, value: string): void {
  const { shown } = list.dataset;
  const isAway = shown !== undefined && list.value !== shown;
  list.dataset['shown'] = value;
  if (!isAway) list.value = value;
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
