// The translator that measures: as long and as wide as its source, and to be told from it.
import { describe, expect, it } from 'vitest';
import { mirrorText, mirrorWords } from '../provider/mirror.ts';

describe('a mirrored text', () => {
  it('has the letters of each word the other way round, and all else where it was', () => {
    expect(mirrorWords('Two boats, 14 oars;\n  "it’s late"')).toBe('owT staob, 14 srao;\n  "ti’s etal"');
    expect(mirrorWords('été')).toBe('été');
    expect(mirrorWords('हिन्दी')).toHaveLength('हिन्दी'.length);
  });

  it('keeps its marks, turns their order around, or loses them', () => {
    const text = 'One <1>two <2/> three</1> four <3>five</3>.';
    expect(mirrorText(text, 'words')).toBe('enO <1>owt <2/> eerht</1> ruof <3>evif</3>.');
    expect(mirrorText(text, 'marks')).toBe('enO <3>evif</3> ruof <1>owt <2/> eerht</1>.');
    expect(mirrorText(text, 'none')).toBe('enO owt  eerht ruof evif.');
  });

  it('keeps the segments of a batch in their marks', () => {
    const batch = '<1>One <2>two</2> <3>three</3></1>\n\n<4>four</4>';
    expect(mirrorText(batch, 'marks')).toBe('<1>enO <3>eerht</3> <2>owt</2></1>\n\n<4>ruof</4>');
    expect(mirrorText(batch, 'none')).toBe('<1>enO owt eerht</1>\n\n<4>ruof</4>');
  });

  it('leaves alone what only looks like a mark', () => {
    expect(mirrorText('a <7> b <8>cd</8>', 'words')).toBe('a <7> b <8>dc</8>');
  });
});
