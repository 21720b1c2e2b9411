// Between the list of conversations and the search's worker. Types only.

export interface SearchQuestion {
  type: 'find';
  /** Grows; an older question is given up. */
  id: number;
  query: string;
}

export interface SearchHit {
  id: string;
  title: string;
  updatedAt: number;
  /** The turn that says it; null where only the title does. */
  turnId: string | null;
  /** What it says there, in one line; empty where only the title does. */
  snippet: string;
  /** Where the words that were looked for stand: from and to in `snippet`, in order. */
  marks: [number, number][];
  titleMarks: [number, number][];
}

export type SearchAnswer =
  /** In place of what was answered before to the same question. */
  | { type: 'found'; id: number; hits: SearchHit[]; isWhole: boolean }
  /** There is no search, for this reason, in words for a person. */
  | { type: 'problem'; message: string };
