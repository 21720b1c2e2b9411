// Rows of the table that are not run here, each with its reason. The report prints them, so that nothing is left out in silence.

export interface AbsentRow {
  id: string;
  reason: string;
}

/** What they are about is not in the product yet. */
export const notYet: readonly AbsentRow[] = [];

/** Run by another lane, which needs what this one has not. */
export const elsewhere: readonly AbsentRow[] = [
  { id: 'L12', reason: 'needs a browser without a debugger: project "life"' },
  { id: 'L15', reason: 'needs a browser that is ended and started again: project "life"' },
  { id: 'L16', reason: 'with the life of a translation: project "chromium", translate-life' },
];
