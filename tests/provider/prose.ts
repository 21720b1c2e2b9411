// Endless, deterministic markdown prose, for replies of any length.
import { cutTokens } from './tokens.ts';

const sentences = [
  'Water takes the shape of whatever holds it, and leaves that shape behind without regret.',
  'The first reader of a stream is the stone that stands in it.',
  'Nothing that arrives late is lost, as long as somebody is still listening.',
  'A bridge is a way of **not** asking the river for permission.',
  'Upstream the snow is melting; downstream nobody has noticed yet.',
  'The miller counts the turns of the wheel and calls it time.',
  'What the map shows as a line is, on the ground, a conversation between banks.',
  'Where two streams meet, neither gives way and both go on.',
  'In the reeds the current slows down until it is hard to tell from waiting.',
  'A flood is only a river that was handed everything at once.',
  'Most of the work is done at night, when nobody looks and the gravel moves.',
  'One learns to read the surface: a smooth patch is *deep*, a bright one is shallow.',
  'The gauge at the lock has written one number an hour for ninety years.',
  'Ice keeps a copy of the autumn until March.',
  'Herons stand where the water brings them what they need, and do not run after it.',
  'The delta is what remains of every mountain along the way.',
];

const headings = [
  'At the source',
  'Along the meadows',
  'Under the bridges',
  'Through the town',
  'Towards the sea',
];

const items = [
  'listen for the sound of the weir',
  'follow the path on the left bank',
  'look for the old `gauge` by the lock',
  'wait until the mist has lifted',
];

/** Block `index` of the prose: a heading now and then, a list now and then, mostly paragraphs of four sentences. */
function block(index: number): string {
  if (index % 7 === 0) return `## ${headings[(index / 7) % headings.length]}\n\n`;
  if (index % 7 === 4) return `${items.map((item) => `- ${item}`).join('\n')}\n\n`;
  const picks = [0, 1, 2, 3].map((place) => sentences[(index * 5 + place * 3) % sentences.length]);
  return `${picks.join(' ')}\n\n`;
}

/** Exactly `count` tokens, made as they are asked for, so that a million costs no memory. */
export function* proseTokens(count: number): Generator<string> {
  let left = count;
  for (let index = 0; left > 0; index += 1) {
    for (const token of cutTokens(block(index)).slice(0, left)) {
      left -= 1;
      yield token;
    }
  }
}
