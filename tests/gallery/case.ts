// What a page of the gallery says about itself, in a script element with the id "case".
import type { Mirror } from '../provider/mirror.ts';

/** Elements are named by a selector; ` >>> ` goes into an open shadow tree. */
export interface Case {
  /** What the page is there to show, in a sentence. */
  about: string;
  part: 'segments' | 'writing' | 'reach' | 'left alone' | 'structure';
  /** The selection: one element, or from one to another; `selector|words` begins, or ends, with words inside of it. */
  select: [from: string, to?: string];
  /** A frame in which all this is, instead of the page. */
  frame?: string;
  /** Selected or not, the text in these stays as it is. Text that is not selected stays anyway. */
  keep?: string[];
  /** Elements whose text cannot be told from its nodes: ruby, words that are cut in pieces. White space is folded. */
  expect?: Record<string, string>;
  /** What the model does with marks; `words` where nothing is said. */
  mirror?: Mirror;
  /** `es` where nothing is said. */
  language?: string;
  /** Most layout shift; 0.02 where nothing is said. With a reason. */
  shift?: number;
  /** Most by which an edge of an element may stand elsewhere when all is done, CSS pixels; with a reason. */
  moved?: number;
  /** Why the page may shift or move more than others. */
  because?: string;
}

/** Adjacent text nodes, as they are drawn, with no element between them. */
export interface Stretch {
  /** For messages. */
  where: string;
  text: string;
  /** White space is shown as written. */
  keepsSpace: boolean;
  /** The selected part of `text`; empty where nothing is. */
  from: number;
  to: number;
  isKept: boolean;
  /** Its text is told by the case. */
  isTold: boolean;
}

/** What has become of the page. Lists are of differences, in words. */
export interface Look {
  /** By stretch. */
  texts: string[];
  structure: string[];
  attributes: string[];
  /** By stretch, the language and the state of what is around it. */
  states: { lang: string | null; dir: string; state: string | null }[];
  /** By selector of `expect`. */
  told: Record<string, string>;
  /** The most by which an edge of an element stands elsewhere, CSS pixels, and the element. */
  moved: { px: number; where: string };
}
