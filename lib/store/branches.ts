// The tree that the turns of a conversation form: which stand beside each other, which end its path, and how one is taken out.
import { GONE, StreamError } from '../engine/errors.ts';
import type { Turn, Versions } from '../protocol/contract.ts';
import { type ConversationRow, readConversation, readTurn, type TurnRow } from './row-schema.ts';
import type { Rows } from './rows.ts';

export interface Branches {
  /** By id of each turn on `path` that has others in its place: all of them, oldest first. */
  versions(path: readonly Turn[]): Promise<Versions>;
  /** Makes the newest end of what follows `turn`, or itself, the end of the conversation's path. @throws StreamError `storage` */
  select(turn: Turn): Promise<void>;
  /** Takes one turn out: what followed it follows the turn before it. @throws StreamError `storage`, and then it is still there */
  remove(turn: Turn): Promise<void>;
}

/** `boot` names this start of the worker. */
export function createBranches(rows: Rows, boot: string): Branches {
  return new RowBranches(rows, boot);
}

type Placed = Pick<Turn, 'id' | 'parentId' | 'createdAt'>;

class RowBranches implements Branches {
  private readonly rows: Rows;
  private readonly boot: string;

  constructor(rows: Rows, boot: string) {
    this.rows = rows;
    this.boot = boot;
  }

  async versions(path: readonly Turn[]): Promise<Versions> {
    const conversationId = path.at(-1)?.conversationId;
    if (!conversationId) return {};
    const turns = await this.placedOf(conversationId);
    if (turns.length <= path.length) return {};
    const found: Versions = {};
    for (const { id, parentId } of path) {
      const beside = turns.filter((turn) => turn.parentId === parentId).sort(oldestFirst);
      if (beside.length > 1 && beside.some((turn) => turn.id === id))
        found[id] = beside.map((turn) => turn.id);
    }
    return found;
  }

  async select(turn: Turn): Promise<void> {
    const turns = await this.turnsOf(turn.conversationId);
    await this.writeHead(await this.expectRow(turn), newestEnd(turns, [turn]));
  }

  async remove(turn: Turn): Promise<void> {
    const { id, parentId, conversationId } = turn;
    const rows = await this.rows.turnsOf(conversationId);
    const moved = rows.filter(isRow).filter((row) => row.parentId === id);
    const left = (await this.turnsOf(conversationId))
      .filter((other) => other.id !== id)
      .map((other) => (other.parentId === id ? { ...other, parentId } : other));
    const conversation = await this.expectRow(turn);
    const isEnd = conversation.head === null || conversation.head === id;
    // Where an end of the path goes, another version takes its place; where there is none, the turn before is the end.
    const beside = left.filter((other) => other.parentId === parentId);
    const head = isEnd ? (newestEnd(left, beside) ?? parentId) : conversation.head;
    await this.rows.write({
      turns: moved.map((row) => ({ ...row, parentId })),
      removedTurns: [id],
      conversation: { ...conversation, head, changedAt: Date.now() },
    });
  }

  private async turnsOf(conversationId: string): Promise<Turn[]> {
    const rows = await this.rows.turnsOf(conversationId);
    const turns = rows.map((row) => readTurn(row, this.boot)).filter((turn) => turn !== undefined);
    // What the disk refused is in memory too, and newer there.
    return [...new Map(turns.map((turn) => [turn.id, turn])).values()];
  }

  /** Only where they stand: this is asked each time that a conversation is shown, and reading all of every turn would hold it up. */
  private async placedOf(conversationId: string): Promise<Placed[]> {
    const placed = (await this.rows.turnsOf(conversationId)).filter(isPlaced);
    return [...new Map(placed.map((turn) => [turn.id, turn])).values()];
  }

  private async expectRow({ conversationId }: Turn): Promise<ConversationRow> {
    const row = readConversation(await this.rows.conversation(conversationId));
    if (!row) throw new StreamError('storage', GONE);
    return row;
  }

  private writeHead(conversation: ConversationRow, head: string | undefined): Promise<void> {
    if (head === undefined || head === conversation.head) return Promise.resolve();
    return this.rows.write({ conversation: { ...conversation, head } });
  }
}

/** The newest turn without followers among `from` and all that follows them; undefined where `from` is empty. */
function newestEnd(turns: readonly Placed[], from: readonly Placed[]): string | undefined {
  const after = Map.groupBy(turns, ({ parentId }) => parentId);
  const ends: Placed[] = [];
  const seen = new Set<string>();
  const open = [...from];
  for (let turn = open.pop(); turn; turn = open.pop()) {
    // A loop, which only damaged rows can make, has no end.
    if (seen.has(turn.id)) continue;
    seen.add(turn.id);
    const followers = after.get(turn.id) ?? [];
    if (followers.length === 0) ends.push(turn);
    open.push(...followers);
  }
  return ends.sort(oldestFirst).at(-1)?.id;
}

function oldestFirst(a: Placed, b: Placed): number {
  return a.createdAt - b.createdAt || a.id.localeCompare(b.id);
}

/** Whether what was read can be written again: a row in another shape is left as it is. */
function isRow(row: unknown): row is TurnRow {
  return typeof row === 'object' && row !== null && 'id' in row && 'parentId' in row;
}

/** Whether a row says where it stands; one that does not is nobody's version. */
function isPlaced(row: unknown): row is Placed {
  if (typeof row !== 'object' || row === null) return false;
  const { id, parentId, createdAt } = row as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    (parentId === null || typeof parentId === 'string') &&
    typeof createdAt === 'number'
  );
}
