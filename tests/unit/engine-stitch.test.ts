import { describe, expect, it } from 'vitest';
import { createStitcher } from '../../lib/engine/stitch.ts';

const ANSWER = [
  '# Streams\n\nA stream begins almost by accident. Rain falls on a hillside, finds a crease in the ground, and follows it.',
  '\n\n- one **drop** at a time\n- then another\n\n```ts\nconst water = await rain();\nfor (const drop of water) flow(drop);\n```\n\n',
  'By noon the crease is a thread of water; by the end of the season it has a name. Nobody waits for a river to be finished before ',
  'drinking from it. 水は低きに流れる。 And so the answer ends.',
].join('');

/** What the whole text becomes, however the continuation is split into deltas. */
function join(partial: string, continuation: string, size: number): { text: string; restarted: boolean } {
  const stitcher = createStitcher(partial);
  let text = partial;
  let restarted = false;
  const take = (stitched: { text: string; restarted: boolean }) => {
    restarted ||= stitched.restarted;
    text += stitched.text;
  };
  for (let i = 0; i < continuation.length; i += size) take(stitcher.feed(continuation.slice(i, i + size)));
  take(stitcher.end());
  return { text, restarted };
}

const SIZES = [1, 3, 7, 50, 10_000];
/** Cuts far enough from the start for a model to have something to go on from. */
const CUTS = Array.from({ length: ANSWER.length - 120 }, (_, i) => i + 60);

describe.each(SIZES)('in deltas of %i', (size) => {
  it('a clean continuation is taken as it is, white space and all', () => {
    for (const cut of CUTS) {
      const outcome = join(ANSWER.slice(0, cut), ANSWER.slice(cut), size);
      expect(outcome, `cut at ${cut}`).toEqual({ text: ANSWER, restarted: false });
    }
  });
  it('last words that are repeated come once', () => {
    for (const cut of CUTS) {
      for (const repeated of [8, 20, 47, 48, 60]) {
        const outcome = join(ANSWER.slice(0, cut), ANSWER.slice(cut - repeated), size);
        expect(outcome, `cut at ${cut}, ${repeated} repeated`).toEqual({ text: ANSWER, restarted: false });
      }
    }
  });
  it('a preamble before repeated words goes', () => {
    for (const cut of CUTS) {
      const outcome = join(
        ANSWER.slice(0, cut),
        `Sure, here is the rest:\n\n${ANSWER.slice(cut - 50)}`,
        size,
      );
      expect(outcome.text, `cut at ${cut}`).toBe(ANSWER);
    }
  });
  it('repeated words with other white space come once', () => {
    for (const cut of CUTS) {
      const repeated = ANSWER.slice(cut - 60, cut).replace(/\s+/g, ' ');
      const outcome = join(ANSWER.slice(0, cut), repeated.trimEnd() + ANSWER.slice(cut), size);
      expect(outcome.text.replace(/\s+/g, ' '), `cut at ${cut}`).toBe(ANSWER.replace(/\s+/g, ' '));
    }
  });
  it('an answer begun anew with the same words goes on where the first ended', () => {
    for (const cut of CUTS) {
      expect(join(ANSWER.slice(0, cut), ANSWER, size), `cut at ${cut}`).toEqual({
        text: ANSWER,
        restarted: false,
      });
    }
  });
  it('an answer begun anew with other words is told apart', () => {
    const other = `${ANSWER.slice(0, 50)} but then something else is said, and it goes on for quite a while.`;
    expect(join(ANSWER.slice(0, 200), other, size).restarted).toBe(true);
  });
});

it('text that repeats itself loses nothing', () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `| row of many | the same words in every row | ${i % 3} |\n`,
  ).join('');
  const verse =
    'Row, row, row your boat, gently down the stream. Merrily, merrily, merrily, merrily, life is but a dream. '.repeat(
      6,
    );
  for (const [start, text] of [
    ['# A table\n\n', rows],
    ['Sing with me now, all together, from the top: ', verse],
  ] as const) {
    const whole = start + text;
    for (let cut = 130; cut < whole.length - 10; cut += 7) {
      const outcome = join(whole.slice(0, cut), whole.slice(cut), 5);
      // Where the rest begins with the very words that the partial ends with, nobody can tell; it must not lose more than those.
      expect(whole.length - outcome.text.length, `cut at ${cut}`).toBeLessThanOrEqual(
        longestOverlap(whole, cut),
      );
    }
  }
});

function longestOverlap(whole: string, cut: number): number {
  const partial = whole.slice(0, cut);
  const rest = whole.slice(cut);
  for (let length = rest.length; length >= 8; length--)
    if (partial.endsWith(rest.slice(0, length))) return length;
  return 0;
}

it('a last paragraph that is repeated whole comes once', () => {
  const paragraph = ANSWER.slice(0, ANSWER.length - 60);
  for (const repeated of [330, 400]) {
    const partial = paragraph.slice(0, 440);
    expect(join(partial, ANSWER.slice(440 - repeated), 9)).toEqual({ text: ANSWER, restarted: false });
  }
});

it.each([
  ['', 'anything'],
  ['a', 'b'],
  ['short', ' and so on'],
  ['the end', 'the end of it'],
  ['word ', ' word'],
])('%j continued by %j is only appended to', (partial, continuation) => {
  expect(join(partial, continuation, 1)).toEqual({ text: partial + continuation, restarted: false });
});

it('nothing that came is lost when the continuation breaks early', () => {
  const stitcher = createStitcher(ANSWER.slice(0, 100));
  expect(stitcher.feed(ANSWER.slice(100, 110)).text).toBe('');
  expect(stitcher.end().text).toBe(ANSWER.slice(100, 110));
});
