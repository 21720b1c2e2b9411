// Some hundred conversations and their index. The whole history is many of these: each is read, made and written by itself, so that
// the newest answer before the oldest are there, and a change costs one of them.
import MiniSearch, { type Options, type SearchOptions } from 'minisearch';
import { fold, isDense, termsOf } from './words.ts';

/** Another number makes every index that is stored worthless; it is made anew. */
const VERSION = 1;
export const SHARD_SIZE = 250;

/** What is indexed of a conversation. */
export interface Said {
  id: string;
  title: string;
  text: string;
}

export interface ShardRow {
  key: number;
  version: number;
  ids: string[];
  /** By id in the same order: the state of the conversation that is indexed. */
  stamps: number[];
  index: string;
}

export interface ShardHit {
  id: string;
  score: number;
  /** Terms of the conversation that matched. */
  terms: string[];
}

const OPTIONS: Options<Said> = {
  fields: ['title', 'text'],
  tokenize: (text) => termsOf(fold(text)),
  processTerm: (term) => term,
  autoVacuum: false,
};

export class Shard {
  readonly key: number;
  /** The state of each conversation in it. */
  readonly stamps: Map<string, number>;
  /** It differs from what is written down. */
  isChanged = false;
  private readonly index: MiniSearch<Said>;

  constructor(
    key: number,
    index: MiniSearch<Said> = new MiniSearch(OPTIONS),
    stamps: Map<string, number> = new Map(),
  ) {
    this.key = key;
    this.index = index;
    this.stamps = stamps;
  }

  /** The shard of a row; undefined where that cannot be used. */
  static read(row: unknown): Shard | undefined {
    const { key, version, ids, stamps, index } = (row ?? {}) as Partial<ShardRow>;
    if (version !== VERSION || typeof key !== 'number' || typeof index !== 'string') return undefined;
    if (!Array.isArray(ids) || !Array.isArray(stamps)) return undefined;
    try {
      const loaded = MiniSearch.loadJSON<Said>(index, OPTIONS);
      return new Shard(key, loaded, new Map(ids.map((id, at) => [id, stamps[at] ?? 0])));
    } catch {
      return undefined;
    }
  }

  toRow(): ShardRow {
    return {
      key: this.key,
      version: VERSION,
      ids: [...this.stamps.keys()],
      stamps: [...this.stamps.values()],
      index: JSON.stringify(this.index),
    };
  }

  put(said: Said, stamp: number): void {
    this.take(said.id);
    this.index.add(said);
    this.stamps.set(said.id, stamp);
    this.isChanged = true;
  }

  take(id: string): void {
    if (!this.stamps.delete(id)) return;
    this.index.discard(id);
    this.isChanged = true;
  }

  /** Lets go of the words of what was taken out: they must not be written down any more. */
  async tidy(): Promise<void> {
    if (this.index.dirtCount > 0) await this.index.vacuum({ batchSize: 5000, batchWait: 1 });
  }

  /** Conversations that have all the words of a folded query, the last one perhaps only begun. `isLoose`: with a slip of the pen. */
  find(query: string, isLoose: boolean): ShardHit[] {
    const options: SearchOptions = {
      combineWith: 'AND',
      boost: { title: 3 },
      // One letter begins too many words to be of use.
      prefix: (term, at, terms) => at === terms.length - 1 && (term.length > 1 || isDense(term)),
      ...(isLoose ? { fuzzy: looseness, maxFuzzy: 2 } : {}),
    };
    return this.index
      .search(query, options)
      .map(({ id, score, terms }) => ({ id: String(id), score, terms }));
  }
}

/** Letters that may be wrong: none in what is short, or is no word of letters. */
function looseness(term: string): number | false {
  if (term.length < 4 || isDense(term) || /\d/.test(term)) return false;
  return term.length < 8 ? 1 : 2;
}
