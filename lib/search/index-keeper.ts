// Keeps the shards true to the history: reads what is written down, takes out what is gone, indexes what is new, writes it down again.
import type { Connection } from '../store/database.ts';
import { SHARD_SIZE, Shard } from './shard.ts';
import { dropShard, eachShard, type Listed, readListed, readTurns, writeShard } from './source.ts';

export interface KeeperDeps {
  /** The history, to be read. */
  history: Connection;
  /** The search's own database. */
  store: Connection;
  /** Only one writes the index down; others have theirs in memory. */
  mayWrite(): boolean;
  /** Something more, or something else, can be found. */
  onChange(shards: readonly Shard[]): void;
  /** Lets questions come in between; resolves soon. */
  pause(): Promise<void>;
}

/** So many conversations are read and indexed at once: some 20 ms, in which no question is answered. */
const STEP = 25;
/** The key of the newest shard of the first index. */
const FIRST = 1_000_000;

export class IndexKeeper {
  /** The newest first. */
  shards: Shard[] = [];
  listed: ReadonlyMap<string, Listed> = new Map();
  /** Everything that is stored can be found. */
  isWhole = false;
  private isLoaded = false;
  /** Nothing was written down before. */
  private isFirst = false;
  private readonly deps: KeeperDeps;
  private running: Promise<void> = Promise.resolve();

  constructor(deps: KeeperDeps) {
    this.deps = deps;
  }

  /** Brings the index up to date; one after the other. @throws StreamError `storage`, CannotOpen where the history cannot be read */
  sync(): Promise<void> {
    this.running = this.running.catch(() => {}).then(() => this.bringUpToDate());
    return this.running;
  }

  private async bringUpToDate(): Promise<void> {
    const listed = await readListed(this.deps.history);
    this.listed = new Map(listed.map((one) => [one.id, one]));
    if (!this.isLoaded) await this.load();
    for (const shard of this.shards)
      for (const id of shard.stamps.keys()) if (!this.listed.has(id)) shard.take(id);
    await this.indexWhatIsNew(listed);
    await this.write();
    this.isWhole = true;
    this.isFirst = false;
    this.deps.onChange([]);
  }

  private async load(): Promise<void> {
    const known = new Set<string>();
    // An index that cannot be read is made anew.
    await eachShard(this.deps.store, async (row) => {
      const shard = Shard.read(row);
      if (!shard) return true;
      for (const id of shard.stamps.keys()) {
        // Written by two at once.
        if (known.has(id)) shard.take(id);
        known.add(id);
      }
      this.shards.push(shard);
      this.deps.onChange([shard]);
      await this.deps.pause();
      return true;
    }).catch(() => {});
    this.isLoaded = true;
    this.isFirst = this.shards.length === 0;
  }

  private async indexWhatIsNew(listed: readonly Listed[]): Promise<void> {
    const holders = new Map<string, Shard>();
    for (const shard of this.shards) for (const id of shard.stamps.keys()) holders.set(id, shard);
    const stale = listed.filter(({ id, stamp }) => holders.get(id)?.stamps.get(id) !== stamp);
    for (let from = 0; from < stale.length; from += STEP) {
      const some = stale.slice(from, from + STEP);
      const turns = await readTurns(
        this.deps.history,
        some.map(({ id }) => id),
      );
      const touched = new Set<Shard>();
      for (const [at, { id, title, stamp }] of some.entries()) {
        const said = turns[at] ?? [];
        const shard = holders.get(id) ?? (await this.expectRoom());
        const text = said.map(({ question, answer }) => `${question}\n${answer}`).join('\n');
        shard.put({ id, title, text }, stamp);
        touched.add(shard);
      }
      this.deps.onChange([...touched]);
      await this.deps.pause();
    }
  }

  /** The shard that takes what is new; the one before is written down as soon as it is full. */
  private async expectRoom(): Promise<Shard> {
    const keys = this.shards.map(({ key }) => key);
    // Keys grow with time, so that what is newest is read first: the first index is made from the newest backwards.
    const key = this.isFirst ? Math.min(FIRST, ...keys) : Math.max(FIRST + 1, ...keys);
    const last = this.shards.find((shard) => shard.key === key);
    if (last && last.stamps.size < SHARD_SIZE) return last;
    await this.write();
    const shard = new Shard(last ? key + (this.isFirst ? -1 : 1) : key);
    if (this.isFirst) this.shards.push(shard);
    else this.shards.unshift(shard);
    return shard;
  }

  private async write(): Promise<void> {
    if (!this.deps.mayWrite()) return;
    for (const shard of [...this.shards]) {
      if (!shard.isChanged) continue;
      await shard.tidy();
      shard.isChanged = false;
      // A full disk keeps nobody from searching.
      await this.put(shard).catch(() => {});
      await this.deps.pause();
    }
  }

  private async put(shard: Shard): Promise<void> {
    if (shard.stamps.size > 0) return writeShard(this.deps.store, shard.toRow());
    this.shards = this.shards.filter((other) => other !== shard);
    await dropShard(this.deps.store, shard.key);
  }
}
