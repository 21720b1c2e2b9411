// The list's rows and which of them are drawn: of ten thousand conversations only those in sight are elements.
import { groupOf } from '../../../lib/history/dates.ts';
import type { ConversationEntry } from '../../../lib/protocol/history.ts';
import { say } from '../../../lib/words/say.ts';

export type Row =
  | { type: 'heading'; text: string; top: number }
  | { type: 'entry'; entry: ConversationEntry; top: number };

/** rem; conversations.css holds the rows to it. */
const HEADING = 2;
const ENTRY = 2.25;
/** Drawn above and below what is in sight, px. */
const AROUND = 300;

export interface Rows {
  rows: readonly Row[];
  /** Of all together, px. */
  height: number;
  /** Of one entry, px. */
  entryHeight: number;
}

/** The rows for what is loaded, pinned first, then by date; times in ms since the epoch, `rem` in px. */
export function layOut(
  pinned: readonly ConversationEntry[],
  entries: readonly ConversationEntry[],
  now: number,
  rem: number,
): Rows {
  const entryHeight = ENTRY * rem;
  const rows: Row[] = [];
  let top = 0;
  let group = '';
  const add = (entry: ConversationEntry, text: string) => {
    if (text !== group) {
      rows.push({ type: 'heading', text, top });
      top += HEADING * rem;
      group = text;
    }
    rows.push({ type: 'entry', entry, top });
    top += entryHeight;
  };
  for (const entry of pinned) add(entry, say('pinnedOnes'));
  for (const entry of entries) add(entry, groupOf(entry.updatedAt, now));
  return { rows, height: top, entryHeight };
}

export interface Section {
  /** Undefined where the heading is out of sight. */
  heading: string | undefined;
  entries: ConversationEntry[];
}

export interface Window {
  sections: Section[];
  /** Room above and below, px. */
  above: number;
  below: number;
  /** The last row is among them. */
  isAtEnd: boolean;
}

/** What stands between `from` and `from + view` px. */
export function cutOut({ rows, height }: Rows, from: number, view: number): Window {
  const first = firstBelow(rows, from - AROUND);
  const last = firstBelow(rows, from + view + AROUND);
  const sections: Section[] = [];
  for (const row of rows.slice(first, last + 1)) {
    if (row.type === 'heading') sections.push({ heading: row.text, entries: [] });
    else if (sections.length === 0) sections.push({ heading: undefined, entries: [row.entry] });
    else sections.at(-1)?.entries.push(row.entry);
  }
  const end = rows[last + 1]?.top ?? height;
  return { sections, above: rows[first]?.top ?? 0, below: height - end, isAtEnd: last >= rows.length - 1 };
}

/** The last row that begins at `top` px or before, by halving. */
function firstBelow(rows: readonly Row[], top: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle]?.top ?? 0) <= top) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where an entry stands, px; undefined where it is not loaded. */
export function placeOf(
  { rows, entryHeight }: Rows,
  id: string,
): { top: number; height: number } | undefined {
  const row = rows.find((one) => one.type === 'entry' && one.entry.id === id);
  return row && { top: row.top, height: entryHeight };
}
