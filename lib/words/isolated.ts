import { wordsDirection } from './say.ts';

/** A part of a line of figures. From right to left, numbers and words of two scripts would change places over the dots between them. */
export function isolated(part: string): string {
  return wordsDirection() === 'rtl' ? `\u2068${part}\u2069` : part;
}
