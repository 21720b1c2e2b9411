// What is found, and that the index follows the history: made, read again, brought up to date, and without what was deleted.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../lib/protocol/search.ts';
import { Finder } from '../../lib/search/finder.ts';
import { IndexKeeper } from '../../lib/search/index-keeper.ts';
import { Shard } from '../../lib/search/shard.ts';
import { marksIn, snippetOf } from '../../lib/search/snippet.ts';
import { readTurns } from '../../lib/search/source.ts';
import { fold, termsOf } from '../../lib/search/words.ts';
import { createConnection } from '../../lib/store/database.ts';
import { answerOf, endOf } from '../../lib/store/idb.ts';
import { createForgetSearch, SEARCH_MIGRATIONS } from '../../lib/store/search-rows.ts';
import { openHistory } from './support/stores.ts';

describe('words', () => {
  it.each([
    ['Éclair ÜBER straße', 'eclair uber strasse'],
    ['Øre Łódź naïve ﬁne', 'ore lodz naive fine'],
    ['مُحَمَّد أحمد', 'محمد احمد'],
    ['한국어 カタカナ がぎ', '한국어 カタカナ がぎ'],
  ])('%s is looked for as %s', (text, folded) => expect(fold(text)).toBe(folded));

  it.each([
    ['plain words, and numbers 42', ['plain', 'words', 'and', 'numbers', '42']],
    ['为什么', ['为什', '什么']],
    ['使用api时', ['使用', 'api', '时']],
    ['', []],
  ])('%s has the terms %s', (text, terms) => expect(termsOf(text)).toEqual(terms));
});

describe('a snippet', () => {
  it('is around what was looked for, with its marks in place', () => {
    const text = `${'before '.repeat(60)}the **Estuário** of it ${'after '.repeat(60)}`;
    const { text: line, marks } = snippetOf(text, ['estuario']);
    expect(marks.map(([from, to]) => line.slice(from, to))).toEqual(['Estuário']);
    expect(line.length).toBeLessThan(170);
    expect(line).toMatch(/^…before.*after.*…$/);
  });

  it('marks what folds to another length, and every place', () => {
    const text = 'ﬁne straße, STRASSE; nothing in unfine';
    const found = marksIn(text, ['strasse', 'fine']).map(([from, to]) => text.slice(from, to));
    expect(found).toEqual(['ﬁne', 'straße', 'STRASSE']);
  });

  it('of a text without the words is its beginning', () => {
    expect(snippetOf('Short text', ['absent'])).toEqual({ text: 'Short text', marks: [] });
  });
});

let name = '';
let count = 0;
beforeEach(() => {
  name = `search-${++count}`;
});

function createSearch() {
  const history = openHistory(name);
  const store = createConnection({ name: `${name}-index`, migrations: SEARCH_MIGRATIONS });
  const answers: SearchAnswer[] = [];
  const pause = () => Promise.resolve();
  const keeper = new IndexKeeper({ history, store, mayWrite: () => true, onChange: () => {}, pause });
  const finder = new Finder({
    shards: () => keeper.shards,
    listed: () => keeper.listed,
    isWhole: () => keeper.isWhole,
    readTurns: (ids) => readTurns(history, ids),
    post: (answer) => answers.push(answer),
    pause,
    now: () => performance.now(),
  });
  let asked = 0;
  const find = async (query: string) => {
    await finder.ask(++asked, query);
    const last = answers.at(-1);
    if (last?.type !== 'found') throw new Error('no answer');
    expect(last.isWhole).toBe(true);
    return last.hits;
  };
  const put = (id: string, title: string, turns: [string, string][], stamp = 1) =>
    history.run((db) => {
      const writing = db.transaction(['conversations', 'turns'], 'readwrite');
      writing
        .objectStore('conversations')
        .put({ id, title, head: null, createdAt: 1, updatedAt: stamp, changedAt: stamp });
      for (const [at, [userText, text]] of turns.entries())
        writing
          .objectStore('turns')
          .put({ id: `${id}-${at}`, conversationId: id, createdAt: at, userText, reply: { text } });
      return endOf(writing);
    });
  const remove = (id: string) =>
    history.run((db) => {
      const writing = db.transaction('conversations', 'readwrite');
      writing.objectStore('conversations').delete(id);
      return endOf(writing);
    });
  const written = () =>
    store.run((db) => answerOf<unknown[]>(db.transaction('shards').objectStore('shards').getAll()));
  return { keeper, find, put, remove, written };
}

describe('the search', () => {
  it('finds by title, question and answer, by the beginning of a word, and with a slip of the pen', async () => {
    const search = createSearch();
    await search.put('c1', 'Rivers', [
      ['How does it begin?', 'With a spring.'],
      ['And end?', 'In an estuário, mostly.'],
    ]);
    await search.put('c2', 'Bread', [['How long?', 'Yeast needs two hours. 为什么天空是蓝色的']]);
    await search.keeper.sync();
    const ids = async (query: string) => (await search.find(query)).map(({ id }) => id);
    expect(await ids('rivers')).toEqual(['c1']);
    expect(await ids('begin')).toEqual(['c1']);
    expect(await ids('estu')).toEqual(['c1']);
    expect(await ids('yeest')).toEqual(['c2']);
    expect(await ids('天空')).toEqual(['c2']);
    expect(await ids('天')).toEqual(['c2']);
    expect(await ids('how')).toHaveLength(2);
    expect(await ids('how spring')).toEqual(['c1']);
    expect(await ids('absent')).toEqual([]);
    expect(await ids('?!')).toEqual([]);
    const [hit] = await search.find('estuario');
    expect(hit).toMatchObject({ turnId: 'c1-1', snippet: 'In an estuário, mostly.', marks: [[6, 14]] });
  });

  it('is read again from what is written down, and follows what changed since', async () => {
    const first = createSearch();
    await first.put('c1', 'Rivers', [['Begin?', 'With a spring.']]);
    await first.put('c2', 'Bread', [['How?', 'With yeast.']]);
    await first.keeper.sync();
    expect(await first.written()).toHaveLength(1);

    await first.put('c1', 'Brooks', [['Begin?', 'With a fountain.']], 2);
    await first.remove('c2');
    await first.put('c3', 'Stones', [['Hard?', 'As granite.']], 3);
    const second = createSearch();
    await second.keeper.sync();
    expect(await second.find('spring')).toEqual([]);
    expect(await second.find('yeast')).toEqual([]);
    expect(await second.find('fountain')).toMatchObject([{ id: 'c1', title: 'Brooks' }]);
    expect(await second.find('granite')).toMatchObject([{ id: 'c3' }]);
    // What was deleted is not even written down any more.
    expect(JSON.stringify(await second.written())).not.toContain('yeast');
  });

  it('is made anew where what is written down is damaged, of another version, or gone', async () => {
    const search = createSearch();
    await search.put('c1', 'Rivers', [['Begin?', 'With a spring.']]);
    await search.keeper.sync();
    const store = createConnection({ name: `${name}-index`, migrations: SEARCH_MIGRATIONS });
    for (const damage of [{ index: '{"half' }, { version: 0 }, { ids: 7 }]) {
      await store.run((db) => {
        const writing = db.transaction('shards', 'readwrite');
        const shards = writing.objectStore('shards');
        const request = shards.getAll();
        request.onsuccess = () => {
          for (const row of request.result as object[]) shards.put({ ...row, ...damage });
        };
        return endOf(writing);
      });
      const again = createSearch();
      await again.keeper.sync();
      expect(await again.find('spring')).toMatchObject([{ id: 'c1' }]);
    }
    await createForgetSearch(`${name}-index`)(['c1']);
    expect(await search.written()).toEqual([]);
    const again = createSearch();
    await again.keeper.sync();
    expect(await again.find('spring')).toMatchObject([{ id: 'c1' }]);
  });

  it('spreads many conversations over shards, the newest read first', async () => {
    const search = createSearch();
    for (let at = 0; at < 600; at++) await search.put(`c${at}`, `Number ${at}`, [['', `word${at}`]], at + 1);
    await search.keeper.sync();
    expect(search.keeper.shards.map(({ stamps }) => stamps.size)).toEqual([250, 250, 100]);
    await search.put('new', 'Newest', [['', 'wordnew']], 10_000);
    await search.keeper.sync();
    const again = createSearch();
    await again.keeper.sync();
    expect(again.keeper.shards[0]?.stamps.has('new')).toBe(true);
    expect(again.keeper.shards[1]?.stamps.has('c599')).toBe(true);
    expect(await again.find('word17')).toHaveLength(11);
  });
});

it('a shard that cannot be read is none', () => {
  expect(Shard.read(undefined)).toBeUndefined();
  expect(Shard.read({ key: 1, version: 1, ids: [], stamps: [], index: 'no' })).toBeUndefined();
});
