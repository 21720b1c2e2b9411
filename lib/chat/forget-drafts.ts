// What was being written in a conversation is as much said as what was sent: it goes when the conversation does, which is when the time
// for Undo is over. Marked in the storage of the drafts, so that the next view does it where this one is closed before.
import type { Notice } from '../protocol/contract.ts';
import { attachedName } from './attached-store.ts';
import type { DraftStore } from './drafting.ts';

export interface ForgettingDeps {
  drafts: DraftStore;
  /** Calls the listener for every notice until the returned function is called. */
  listen(listener: (notice: Notice) => void): () => void;
  /** Milliseconds since the epoch. */
  now(): number;
  wait(ms: number): Promise<void>;
}

/** A little more than the worker waits, ms. */
const KEPT_MS = 11_000;
/** No conversation is called so. */
const MARKS = 'deleted';

/** When each was deleted, by its id; milliseconds since the epoch. */
type Marks = Record<string, number>;

/** Forgets the drafts of what is deleted, in any view, until the returned function is called. */
export function forgetDrafts(deps: ForgettingDeps): () => void {
  forgetDue(deps);
  return deps.listen((notice) => {
    if (notice.type === 'conversation-removed' && notice.conversationId !== null) {
      change(deps, { [notice.conversationId]: deps.now() });
      void deps.wait(KEPT_MS + 500).then(() => forgetDue(deps));
    }
    // It is back.
    if (notice.type === 'conversation-listed' && notice.entry.id in read(deps))
      change(deps, { [notice.entry.id]: undefined });
  });
}

function forgetDue(deps: ForgettingDeps): void {
  const due = Object.entries(read(deps)).filter(([, at]) => deps.now() - at >= KEPT_MS);
  for (const [id] of due) {
    deps.drafts.write(id, null);
    deps.drafts.write(attachedName(id), null);
    change(deps, { [id]: undefined });
  }
}

function change(deps: ForgettingDeps, changes: Record<string, number | undefined>): void {
  const marks = Object.entries({ ...read(deps), ...changes }).filter(([, at]) => at !== undefined);
  deps.drafts.write(MARKS, marks.length === 0 ? null : JSON.stringify(Object.fromEntries(marks)));
}

function read({ drafts }: ForgettingDeps): Marks {
  try {
    const marks = JSON.parse(drafts.read(MARKS) ?? '{}') as Marks;
    return Object.fromEntries(Object.entries(marks).filter(([, at]) => typeof at === 'number'));
  } catch {
    return {};
  }
}
