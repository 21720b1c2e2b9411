// What a page's translator is to those who make one.
import type { Connect } from '../protocol/channel.ts';
import type { PageWishes, TranslateOutcome } from '../protocol/page.ts';
import type { CreateAids } from './aids.ts';
import type { PlaceBelow } from './below.ts';
import type { Control } from './control.ts';
import type { FieldTools } from './field-tools.ts';
import type { Run } from './run-types.ts';

export interface PageTranslator {
  /** Translates the selection; without one, asks again for what the last run left unfinished. */
  translate(): TranslateOutcome;
  /** Puts every original back and takes the control away. */
  restore(): void;
  /** Switches every ended translation between itself and the originals. */
  toggle(): void;
  /** The current run, for tests and for the end of the document. */
  readonly run: Run | undefined;
  readonly control: Control | undefined;
}

export interface PageOptions {
  connect: Connect;
  window: Window;
  /** As they are at the gesture. */
  wishes: () => PageWishes | undefined;
  /** Undefined while these parts are not there. */
  fields: () => FieldTools | undefined;
  below: () => PlaceBelow | undefined;
  aids: () => CreateAids | undefined;
  /** False once the extension was updated or removed under the page. */
  isAlive?: () => boolean;
  isTrusted?: (event: Event) => boolean;
  maxChars?: number;
}
