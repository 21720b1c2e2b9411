import { describe, expect, it } from 'vitest';
import { placeControl } from '../../lib/translate/place.ts';

const size = { width: 200, height: 28 };
const viewport = { width: 800, height: 600 };
const line = (top: number, right = 500) => ({ top, right, bottom: top + 20 });

describe('where the control stands', () => {
  it('is below the last line, at its end', () => {
    expect(placeControl(line(100), line(200), size, viewport)).toEqual({ left: 300, top: 226 });
  });
  it('is above the first line where there is no room below', () => {
    expect(placeControl(line(100), line(580), size, viewport)).toEqual({ left: 300, top: 66 });
  });
  it('is in the corner where the selection fills the view', () => {
    expect(placeControl(line(-400), line(900), size, viewport)).toEqual({ left: 592, top: 564 });
  });
  it('stays in view when the selection was scrolled away', () => {
    expect(placeControl(line(-400), line(-300), size, viewport)).toEqual({ left: 592, top: 8 });
    expect(placeControl(line(100, 60), line(200, 60), size, viewport).left).toBe(8);
    expect(placeControl(line(100, 900), line(200, 900), size, viewport).left).toBe(592);
  });
});
