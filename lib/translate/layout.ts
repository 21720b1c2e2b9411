// Where the parts of a reply stand: which piece takes which text, in which order the marks of one holder come, and the text for which
// the source has no piece. Pure: no DOM.
import type { Shape } from './mark-shape.ts';
import type { Reply } from './marks.ts';

/** What has come for a piece. */
export interface Stretch {
  text: string;
  /** Nothing more comes, so nothing of the original is left. */
  isWhole: boolean;
}

/** Text that stands where the source has none: between two marks that touched, or at an end that was a mark. */
export interface Extra {
  holder: number;
  /** Behind this many marks of the holder. */
  place: number;
  text: string;
}

export interface Layout {
  /** By piece; undefined where the reply has not come yet. */
  pieces: (Stretch | undefined)[];
  /** By holder: its marks as they came, then those that have not come, as they were. */
  orders: Map<number, number[]>;
  extras: Extra[];
}

export function layOut(shape: Shape, reply: Reply): Layout {
  const layout: Layout = {
    pieces: Array.from({ length: shape.pieces }, () => undefined),
    orders: new Map(),
    extras: [],
  };
  const add = ({ mark: holder, texts, marks, isClosed }: Reply): void => {
    const known = shape.holders.get(holder);
    if (!known) return;
    const came = marks.map(({ mark }) => mark);
    layout.orders.set(holder, [...came, ...known.marks.filter((mark) => !came.includes(mark))]);
    for (const [place, text] of texts.entries()) {
      const piece = known.pieces[place];
      if (piece !== undefined) layout.pieces[piece] = { text, isWhole: isClosed || place < marks.length };
      else if (text !== '') layout.extras.push({ holder, place, text });
    }
    for (const mark of marks) add(mark);
  };
  add(reply);
  return layout;
}

/** All of a reply in one piece, the others empty: what is left where its marks are of no use. */
export function layOutPlain({ pieces, plainPiece }: Shape, plain: string): Layout {
  return {
    pieces: Array.from({ length: pieces }, (_, piece) => ({
      text: piece === plainPiece ? plain : '',
      isWhole: true,
    })),
    orders: new Map(),
    extras: [],
  };
}
