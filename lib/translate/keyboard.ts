// The keyboard's way into the control and out of it. A page's scripts cannot press our keys.
import { borrowAttribute } from './attribute.ts';
import type { BlockElement } from './collect.ts';
import type { Control } from './control.ts';
import { focusedIn } from './flat.ts';

export interface KeyboardOptions {
  window: Window;
  isTrusted: (event: Event) => boolean;
  /** The control that is there now, and the block or field it stands beside. */
  control(): Control | undefined;
  beside(): BlockElement | undefined;
  /** Escape was pressed: says whether there was something to end. */
  onEscape(): boolean;
}

export interface Keyboard {
  /** Makes the control the next stop after the selection, once. */
  arm(): void;
}

export function listenToKeys(options: KeyboardOptions): Keyboard {
  const keys = new Keys(options);
  options.window.addEventListener('keydown', (event) => keys.press(event), { capture: true });
  return keys;
}

class Keys implements Keyboard {
  readonly #options: KeyboardOptions;
  #isArmed = false;
  /** Brings the keyboard back to where it was. */
  #goBack: (() => void) | undefined;

  constructor(options: KeyboardOptions) {
    this.#options = options;
  }

  arm(): void {
    this.#isArmed = true;
  }

  press(event: KeyboardEvent): void {
    if (!this.#options.isTrusted(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    const isOurs =
      (event.key === 'Escape' && this.#escape()) || (event.key === 'Tab' && this.#tab(event.shiftKey));
    if (!isOurs) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #escape(): boolean {
    if (this.#options.onEscape()) return true;
    const control = this.#options.control();
    if (!control || control.focusAt(false) === 'outside') return false;
    this.#leave();
    return true;
  }

  /** Behind the control's last part the browser goes on from where the selection was. */
  #tab(isBack: boolean): boolean {
    const control = this.#options.control();
    const at = control?.focusAt(isBack);
    if (at === 'edge') this.#leave();
    if (!control || at !== 'outside' || isBack || !this.#isArmed) return false;
    const { document } = this.#options.window;
    const focused = focusedIn(document) ?? document.body;
    const beside = this.#options.beside();
    if (focused !== document.body && focused !== beside) return false;
    this.#isArmed = false;
    this.#goBack = () => {
      control.blur();
      if (focused === beside) beside.focus({ preventScroll: true });
      else if (beside) passFocus(beside);
    };
    control.focus();
    return true;
  }

  #leave(): void {
    this.#goBack?.();
    this.#goBack = undefined;
  }
}

/** Leaves the keyboard where Tab goes on behind `element`. */
function passFocus(element: BlockElement): void {
  const tabindex = borrowAttribute(element, 'tabindex');
  tabindex.write('-1');
  element.focus({ preventScroll: true });
  element.blur();
  tabindex.restore();
}
