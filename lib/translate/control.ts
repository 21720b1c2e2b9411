// The small control beside a translation. It lives in a closed shadow root on an element of a random name; what it offers has
// no consequence beyond this page, because a page can lay anything over it.
import type { LanguageChoice, Show } from '../protocol/page.ts';
import { say } from '../words/say.ts';
import type { WrittenLanguage } from './blocks.ts';
import { type Action, type ControlParts, createParts, type Picked, setList } from './control-parts.ts';
import { createHost } from './host.ts';
import { createQuiet } from './quiet.ts';

/** A screen reader hears of changes in what it knows already; this is how long it gets. */
const HEARD_AFTER_MS = 100;

export interface ControlView {
  /** "3 of 12". */
  progress: string;
  /** What a screen reader is told: that it begins, and how it ended. */
  said: string;
  /** What went wrong and what helps, in one line; empty where all is well. */
  note: string;
  actions: Action[];
  /** BCP 47 tag of the language that is chosen, and what else there is; no choices where none can be made. */
  language: string;
  choices: readonly LanguageChoice[];
  /** The way the translation is shown; undefined where there is only one. */
  show: Show | undefined;
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
  onPick: (picked: Picked) => void;
  /** Replaced in tests only, where no event is a person's. */
  isTrusted?: (event: Event) => boolean;
}

export function createControl({
  beside,
  onAction,
  onPick,
  isTrusted = (event) => event.isTrusted,
}: ControlOptions): Control {
  const { element: host, root, moveTo, remove } = createHost(beside);
  const parts = createParts(
    beside.ownerDocument,
    (action, event) => isTrusted(event) && onAction(action),
    (picked, event) => isTrusted(event) && onPick(picked),
  );
  const { frame, bubble, progress, said, note, stops } = parts;
  root.append(frame);
  const quiet = createQuiet(host, (isQuiet) => frame.classList.toggle('quiet', isQuiet));
  let saying: ReturnType<typeof setTimeout> | undefined;

  return {
    host,
    root,
    show(view) {
      write(progress, view.progress);
      write(note, view.note);
      clearTimeout(saying);
      saying = setTimeout(() => write(said, view.said), HEARD_AFTER_MS);
      showOffers(parts, view, root);
      quiet.allow(view.isSettled && bubble.element.hidden === true);
    },
    write: bubble.write,
    place(spotFor) {
      const { width, height } = host.getBoundingClientRect();
      const { left, top } = spotFor({ width, height });
      moveTo(left, top);
    },
    focus: () => firstOf(parts)?.focus({ preventScroll: true }),
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
function showOffers(parts: ControlParts, view: ControlView, root: ShadowRoot): void {
  const { buttons, language, show, more } = parts;
  const focused = root.activeElement;
  for (const [action, button] of buttons) button.hidden = !view.actions.includes(action);
  const toggle = buttons.get('switch');
  if (toggle) write(toggle, say(view.isSwitched ? 'do_translation' : 'do_switch'));
  language.hidden = view.choices.length === 0;
  // Opened by the reader, a list that is filled anew would close.
  if (language.length !== view.choices.length) {
    language.replaceChildren(...view.choices.map(({ tag, name }) => new Option(name, tag)));
    delete language.dataset['shown'];
  }
  setList(language, view.language);
  show.hidden = view.show === undefined;
  setList(show, view.show ?? '');
  more.hidden = show.hidden && !view.actions.includes('copy-both');
  if (more.hidden && more.ariaExpanded === 'true') more.click();
  if (focused instanceof HTMLElement && focused.closest('[hidden]')) firstOf(parts)?.focus();
}

/** What to do comes before the choice of a language, which stands before it. */
function firstOf({ stops, language }: ControlParts): HTMLElement | undefined {
  return stops().find((stop) => stop !== language);
}
