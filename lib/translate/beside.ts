// What stands beside a translation: the control with its box.
import type { Anchor } from './anchor.ts';
import type { WrittenLanguage } from './blocks.ts';
import type { BlockElement } from './collect.ts';
import { type Control, createControl } from './control.ts';
import type { Action, Picked } from './control-parts.ts';
import type { PageOptions } from './page-types.ts';
import { placeControl } from './place.ts';

export interface BesideOptions {
  options: PageOptions;
  beside: BlockElement;
  onAction(action: Action): void;
  onPick(picked: Picked): void;
}

export class Beside {
  control: Control | undefined;
  /** There is to be a control as soon as there is something to show in it: the worker gets the text first. */
  isWanted = false;
  readonly #options: BesideOptions;
  #hasBox = false;

  constructor(options: BesideOptions) {
    this.#options = options;
  }

  /** What the control is about. */
  get element(): BlockElement {
    return this.#options.beside;
  }

  open(): void {
    if (!this.isWanted || this.control) return;
    const { options, beside, onAction } = this.#options;
    // A list that keys step through tells late.
    const onPick = (picked: Picked) => this.control && this.#options.onPick(picked);
    const { isTrusted } = options;
    this.control = createControl({ beside, onAction, onPick, ...(isTrusted ? { isTrusted } : {}) });
  }

  close(): void {
    this.isWanted = false;
    this.control?.remove();
    this.control = undefined;
  }

  /** No texts close the box. */
  write(texts: readonly string[], language: WrittenLanguage | undefined): void {
    this.#hasBox = texts.length > 0;
    this.control?.write(texts, language);
  }

  place(anchor: Anchor): void {
    const { window } = this.#options.options;
    const ends = anchor.ends();
    // The box is too high for the rest of a line.
    const around = this.#hasBox ? { ...ends, free: undefined } : ends;
    this.control?.place((size) =>
      placeControl(around, size, { width: window.innerWidth, height: window.innerHeight }),
    );
  }
}
