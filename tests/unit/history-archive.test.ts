// Files of conversations: what is written is read again, and what is wrong is told in words and stored not even in part.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { asDocument, asJson, fileName } from '../../lib/history/archive.ts';
import type { WholeConversation } from '../../lib/protocol/history.ts';
import { createArchive } from '../../lib/store/archive-store.ts';
import { readFile } from '../../lib/store/import-file.ts';
import { HISTORY_MIGRATIONS } from '../../lib/store/migrations.ts';
import { turnOf } from './chat-worker.ts';
import { dump, openHistory, openMigrated } from './support/stores.ts';

let name = '';
let count = 0;
beforeEach(() => {
  name = `archive-${++count}`;
});

const whole = (id: string, more: Partial<WholeConversation> = {}): WholeConversation => ({
  id,
  title: `Title of ${id}`,
  createdAt: 1,
  updatedAt: 2,
  head: `${id}-2`,
  turns: [
    turnOf(`${id}-1`, { conversationId: id, userText: 'One?' }),
    turnOf(`${id}-b`, { conversationId: id, parentId: `${id}-1`, userText: 'Another branch' }),
    turnOf(`${id}-2`, { conversationId: id, parentId: `${id}-1`, userText: 'Two?', state: 'partial' }),
  ],
  ...more,
});
const now = new Date('2026-01-02T03:04:05Z');
const fileOf = (text: string, size = text.length) => ({ size, text: () => Promise.resolve(text) });

describe('a document', () => {
  it('has the branch that is shown', () => {
    const text = asDocument(whole('c1'));
    expect(text).toBe(
      '# Title of c1\n\n## You\n\nOne?\n\n## Answer\n\nanswer c1-1\n\n## You\n\nTwo?\n\n## Answer\n\nanswer c1-2\n\n*This answer ended early.*\n',
    );
  });

  it('ends where damaged rows make a loop', () => {
    const looped = whole('c1');
    const [first] = looped.turns;
    if (first) first.parentId = 'c1-2';
    expect(asDocument(looped)).toContain('Two?');
  });

  it('has a name that every system takes', () => {
    expect(fileName('a/b\\c: "d" <e>|f?* ..', 'md')).toBe('a b c d e f.md');
    expect(fileName('…', 'json')).toBe('conversation.json');
    expect(fileName('川の流れ', 'md')).toBe('川の流れ.md');
  });
});

describe('a file', () => {
  it('that was written is read again, with what later versions of rows carry', () => {
    const given = { ...whole('c1', { isNamed: true, pinnedAt: 7 }), system: 'Be brief.' };
    const { conversations, problems } = readFile(asJson(given, now));
    expect(problems).toEqual([]);
    expect(conversations).toEqual([given]);
  });

  it.each([
    ['no JSON', '{"a"', /not JSON/],
    ['another file', '{"format":"x","version":1,"conversations":[]}', /not a file/],
    ['null', 'null', /not a file/],
    ['a later version', asJson(whole('c1'), now).replace('"version":1', '"version":2'), /version 2/],
    [
      'a running answer',
      asJson(whole('c1'), now).replace('"partial"', '"streaming"'),
      /“turns.2.state” is missing or not/,
    ],
    ['an id that is none', asJson(whole('../c1'), now), /id: not a valid ID/],
    ['a temporary chat', asJson(whole('temporary-1'), now), /never stored/],
    ['a turn of another', asJson(whole('c1', { turns: whole('c2').turns }), now), /another conversation/],
    ['no head', asJson(whole('c1', { head: 'c9' }), now), /last message is missing/],
  ])('that is wrong is refused with words: %s', (_, text, words) => {
    const { problems } = readFile(text);
    expect(problems.join('\n')).toMatch(words);
  });

  it('cannot bring a row that is hidden, or that looks like one of this worker', () => {
    const text = asJson({ ...whole('c1'), deletedAt: 1, changedAt: 2 } as WholeConversation, now);
    const { conversations } = readFile(text.replace('"kind":"chat"', '"kind":"chat","boot":"b1"'));
    expect(JSON.stringify(conversations)).not.toMatch(/deletedAt|changedAt|boot/);
  });

  it('tells of some problems and counts the rest', () => {
    const bad = Array.from({ length: 9 }, () => ({}));
    const { problems } = readFile(
      JSON.stringify({ format: 'runnel-conversations', version: 1, conversations: bad }),
    );
    expect(problems).toHaveLength(6);
    expect(problems.at(-1)).toBe('4 more conversations cannot be read.');
  });
});

describe('importing', () => {
  const open = () => createArchive(openHistory(name));
  const rows = async () => {
    const database = await openMigrated(name, HISTORY_MIGRATIONS);
    const found = await dump(database);
    database.close();
    return found;
  };

  it('brings what is new and leaves what is there', async () => {
    const archive = open();
    await archive.store([whole('c1', { title: 'Stays' })]);
    const text = asJson(whole('c1'), now).replace('[\n', `[\n${JSON.stringify(whole('c2'))},`);
    const preview = await archive.preview(fileOf(text));
    expect(preview).toMatchObject({ messages: 3, existing: 1, problems: [] });
    await archive.store(preview.conversations);
    const { file, count: exported } = await archive.exportAll(now);
    expect(exported).toBe(2);
    const again = readFile(await file.text());
    expect(again.problems).toEqual([]);
    expect(new Set(again.conversations.map(({ title }) => title))).toEqual(new Set(['Stays', 'Title of c2']));
  });

  it('is all or nothing', async () => {
    const archive = open();
    await archive.store([whole('c1')]);
    const before = await rows();
    // Came in between the preview and the import.
    await expect(archive.store([whole('c2'), whole('c1')])).rejects.toMatchObject({ code: 'storage' });
    expect(await rows()).toEqual(before);
    const unstorable = { ...whole('c3'), odd: () => {} } as unknown as WholeConversation;
    await expect(archive.store([whole('c2'), unstorable])).rejects.toMatchObject({ code: 'storage' });
    expect(await rows()).toEqual(before);
  });

  it('refuses what is too large, cannot be read, or has messages of what is stored', async () => {
    const archive = open();
    await archive.store([whole('c1')]);
    expect((await archive.preview(fileOf('', 200_000_001))).problems[0]).toMatch(/larger than 200 MB/);
    const unreadable = { size: 1, text: () => Promise.reject(new Error('gone')) };
    expect((await archive.preview(unreadable)).problems[0]).toMatch(/cannot read/);
    const stolen = whole('c9', { head: null, turns: [turnOf('c1-1', { conversationId: 'c9' })] });
    expect((await archive.preview(fileOf(asJson(stolen, now)))).problems[0]).toMatch(/another conversation/);
  });
});
