import { describe, expect, it } from 'vitest';
import type { Ends } from '../../lib/translate/anchor.ts';
import { placeControl } from '../../lib/translate/place.ts';

const size = { width: 200, height: 28 };
const viewport = { width: 800, height: 600 };

/** A selection from `top` to a last line at `at`, 20 px high, of a block from 100 to 700. */
function ends(top: number, at: number, line: { left?: number; right?: number } = {}): Ends {
  const { left = 100, right = 650 } = line;
  return { top, last: { top: at, bottom: at + 20, left, right }, free: { left: 100, right: 700 } };
}

describe('where the control stands', () => {
  it('is on the empty rest of the last line', () => {
    expect(placeControl(ends(100, 200, { right: 400 }), size, viewport)).toEqual({ left: 464, top: 197 });
    expect(placeControl(ends(100, 200, { right: 480 }), size, viewport)).toEqual({ left: 500, top: 197 });
  });
  it('is on the left of a line that is written from the right', () => {
    expect(placeControl(ends(100, 200, { left: 400, right: 700 }), size, viewport)).toEqual({
      left: 136,
      top: 197,
    });
  });
  it('is below the last line where text fills it or goes on in it', () => {
    expect(placeControl(ends(100, 200), size, viewport)).toEqual({ left: 450, top: 226 });
    const goesOn = { ...ends(100, 200, { right: 400 }), free: undefined };
    expect(placeControl(goesOn, size, viewport)).toEqual({ left: 200, top: 226 });
  });
  it('is above the first line where there is no room below', () => {
    expect(placeControl(ends(100, 580), size, viewport)).toEqual({ left: 450, top: 66 });
  });
  it('is in the corner where the selection fills the view', () => {
    expect(placeControl(ends(-400, 900), size, viewport)).toEqual({ left: 592, top: 564 });
  });
  it('stays in view when the selection was scrolled away or is narrow', () => {
    expect(placeControl(ends(-400, -300), size, viewport)).toEqual({ left: 592, top: 8 });
    const narrow = { ...ends(100, 200, { left: 20, right: 60 }), free: undefined };
    expect(placeControl(narrow, size, viewport).left).toBe(8);
    const wide = { ...ends(100, 200, { right: 900 }), free: undefined };
    expect(placeControl(wide, size, viewport).left).toBe(592);
  });
});
