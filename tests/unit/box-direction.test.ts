import { expect, it } from 'vitest';
import { directionOfBox } from '../../lib/words/box-direction.ts';

const long = 'x'.repeat(30_000);

it.each([
  ['', undefined],
  ['/ 12', undefined],
  ['short', 'auto'],
  [long, 'ltr'],
  [`12 \u0645\u0631\u062d\u0628\u0627 ${long}`, 'rtl'],
  ['1'.repeat(30_000), undefined],
])('case %#', (text, expected) => expect(directionOfBox(text)).toBe(expected));
