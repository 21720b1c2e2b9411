// Answers one question at a time from the shards, newest first, and shows where each conversation says it.
import { splitThink } from '../engine/think.ts';
import type { SearchAnswer, SearchHit } from '../protocol/search.ts';
import type { Shard, ShardHit } from './shard.ts';
import { countTerms, marksIn, snippetOf } from './snippet.ts';
import type { Listed, SaidTurn } from './source.ts';
import { fold, termsOf } from './words.ts';

export interface FinderDeps {
  shards(): readonly Shard[];
  listed(): ReadonlyMap<string, Listed>;
  isWhole(): boolean;
  readTurns(ids: readonly string[]): Promise<SaidTurn[][]>;
  post(answer: SearchAnswer): void;
  /** Lets other questions come in between; resolves soon. */
  pause(): Promise<void>;
  now(): number;
}

/** What is shown of what is found. */
const MAX_HITS = 30;
/** What is shown of it before all is searched: more is not in sight, and each takes reading. */
const FIRST_HITS = 12;
/** With fewer, words that are spelled nearly the same count too. */
const FEW = 3;
/** Shards are searched for so long before others are let in, ms. */
const SLICE_MS = 8;
/** Somebody who types sees something after so long, ms, though not all is searched. */
const SHOW_AFTER_MS = 12;
/** Texts that are kept for the next letter of the same word. */
const MAX_KEPT = 120;

export class Finder {
  private readonly deps: FinderDeps;
  private asked = 0;
  private query = '';
  private hits: ShardHit[] = [];
  private readonly kept = new Map<string, { stamp: number; turns: SaidTurn[] }>();

  constructor(deps: FinderDeps) {
    this.deps = deps;
  }

  /** A new question; the one before is given up. */
  async ask(id: number, query: string): Promise<void> {
    this.asked = id;
    this.query = fold(query);
    this.hits = [];
    if (termsOf(this.query).length === 0)
      return this.deps.post({ type: 'found', id, hits: [], isWhole: true });
    await this.searchIn(id, this.deps.shards(), false);
    if (id === this.asked && this.hits.length < FEW) {
      if (this.hits.length > 0) await this.show(id, false);
      await this.searchIn(id, this.deps.shards(), true);
    }
    await this.show(id, this.deps.isWhole());
  }

  /** These shards have something more, or something else; without any, all is known now. */
  async renew(changed: readonly Shard[]): Promise<void> {
    const id = this.asked;
    if (this.query === '') return;
    if (changed.length > 0) {
      const theirs = new Set(changed.flatMap(({ stamps }) => [...stamps.keys()]));
      this.hits = this.hits.filter((hit) => !theirs.has(hit.id));
      await this.searchIn(id, changed, false);
    }
    await this.show(id, this.deps.isWhole());
  }

  private async searchIn(id: number, shards: readonly Shard[], isLoose: boolean): Promise<void> {
    const begun = this.deps.now();
    let rested = begun;
    let isShown = false;
    const known = new Set(this.hits.map((hit) => hit.id));
    for (const shard of [...shards]) {
      for (const hit of shard.find(this.query, isLoose)) if (!known.has(hit.id)) this.hits.push(hit);
      const now = this.deps.now();
      if (now - rested < SLICE_MS) continue;
      // What is found soon is shown soon; the rest follows.
      if (!isShown && now - begun > SHOW_AFTER_MS && this.hits.length >= FEW) {
        isShown = true;
        await this.show(id, false, FIRST_HITS);
      } else await this.deps.pause();
      if (id !== this.asked) return;
      rested = this.deps.now();
    }
  }

  private async show(id: number, isWhole: boolean, most = MAX_HITS): Promise<void> {
    const listed = this.deps.listed();
    const best = this.hits
      .filter((hit) => listed.has(hit.id))
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
    await this.read(best.map((hit) => hit.id));
    if (id !== this.asked) return;
    const hits = best.flatMap((hit) => this.toHit(hit));
    this.deps.post({ type: 'found', id, hits, isWhole });
  }

  private toHit({ id, terms }: ShardHit): SearchHit[] {
    const listed = this.deps.listed().get(id);
    if (!listed) return [];
    const { title, updatedAt } = listed;
    const where = placeOf(this.kept.get(id)?.turns ?? [], terms);
    return [{ id, title, updatedAt, titleMarks: marksIn(title, terms), ...where }];
  }

  /** Reads the texts that are not there yet. */
  private async read(ids: readonly string[]): Promise<void> {
    const listed = this.deps.listed();
    const stampOf = (id: string) => listed.get(id)?.stamp ?? 0;
    const missing = ids.filter((id) => this.kept.get(id)?.stamp !== stampOf(id));
    const turns = missing.length > 0 ? await this.deps.readTurns(missing) : [];
    for (const [at, id] of missing.entries()) {
      this.kept.delete(id);
      this.kept.set(id, { stamp: stampOf(id), turns: turns[at] ?? [] });
    }
    for (const id of [...this.kept.keys()].slice(0, Math.max(0, this.kept.size - MAX_KEPT)))
      this.kept.delete(id);
  }
}

/** The message that says most of it. */
function placeOf(
  turns: readonly SaidTurn[],
  terms: readonly string[],
): Pick<SearchHit, 'turnId' | 'snippet' | 'marks'> {
  let best: { turnId: string; text: string; count: number } | undefined;
  for (const { id, question, answer } of turns) {
    for (const text of [question, splitThink(answer).text]) {
      const count = countTerms(fold(text), terms);
      if (count > (best?.count ?? 0)) best = { turnId: id, text, count };
    }
  }
  if (!best) return { turnId: null, snippet: '', marks: [] };
  const { text, marks } = snippetOf(best.text, terms);
  return { turnId: best.turnId, snippet: text, marks };
}
