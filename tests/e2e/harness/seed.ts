// A history as years of use leave it, written straight into the database from a page of ours: the worker would take minutes.
import type { Page } from '@playwright/test';
import { within } from './until.ts';

export interface Seed {
  conversations: number;
  /** In each of them. */
  turns: number;
  /** Words of an answer, on average. */
  words: number;
  /** Words of the last answer of each, where that is another one. */
  last?: number;
}

/** Conversations named "Conversation 17: …", the newest with the highest number, one an hour, the last some minutes ago. */
export async function seedHistory(page: Page, seed: Seed): Promise<void> {
  await within(page.evaluate(write, seed), 120_000, 'seeding');
}

async function write({ conversations, turns, words, last = words }: Seed): Promise<void> {
  // A vocabulary as texts have it: few words often, many seldom. Always the same.
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const syllables = 'ka lo mi ter san ver du pon eli gra tos beni ru maf shi or lek'.split(' ');
  const vocabulary = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * 17)]).join(''),
  );
  const word = () => vocabulary[Math.floor(20_000 ** random())] ?? '';
  const say = (count: number) => Array.from({ length: count }, word).join(' ');
  const answer = (count: number) => {
    const paragraphs = Math.max(2, Math.round(count / 100));
    return Array.from({ length: paragraphs }, () => `${say(count / paragraphs)}.`).join('\n\n');
  };
  const request = indexedDB.open('runnel');
  await new Promise((resolve, reject) => {
    request.onsuccess = resolve;
    request.onerror = reject;
  });
  const database = request.result;
  const now = Date.now();
  const stats = { elapsedMs: 1000, chunks: 10, tokens: 100, usageIsReal: false, ttftMs: 100, retries: 0 };
  const reply = { text: '', reasoning: '', refusal: '', toolCalls: [], finishReason: 'stop', usage: null };
  for (let from = 0; from < conversations; from += 500) {
    const writing = database.transaction(['conversations', 'turns', 'meta'], 'readwrite');
    for (let at = from; at < Math.min(conversations, from + 500); at++) {
      const updatedAt = now - (conversations - at) * 3_600_000;
      let parentId: string | null = null;
      for (let turn = 0; turn < turns; turn++) {
        const id = `seed-${at}-${turn}`;
        writing.objectStore('turns').put({
          id,
          conversationId: `seed-${at}`,
          parentId,
          kind: 'chat',
          createdAt: updatedAt + turn,
          userText: `${say(12)}?`,
          reply: { ...reply, text: answer(turn === turns - 1 ? last : words) },
          seams: [],
          state: 'done',
          trouble: null,
          stats,
          model: 'scripted-small',
          origin: 'http://127.0.0.1',
          attempts: [],
          seq: 1,
          boot: '',
        });
        parentId = id;
      }
      const row = { id: `seed-${at}`, title: `Conversation ${at}: ${say(4)}`, head: parentId };
      writing.objectStore('conversations').put({ ...row, createdAt: updatedAt, updatedAt });
    }
    writing.objectStore('meta').put(`seed-${conversations - 1}`, 'current');
    await new Promise((resolve, reject) => {
      writing.oncomplete = resolve;
      writing.onabort = reject;
    });
  }
  database.close();
}
