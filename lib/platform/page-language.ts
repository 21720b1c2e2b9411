import { wordsDirection, wordsLanguage } from '../words/say.ts';

/** Says of one of our pages which language its words are in, and turns it around where that runs from right to left. */
export function setPageLanguage(): void {
  document.documentElement.lang = wordsLanguage();
  document.documentElement.dir = wordsDirection();
}
