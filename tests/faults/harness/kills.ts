// Thirty answers and twenty deaths of the worker: which, when, and what the server does about each.
import type { JournalEntry } from '../../provider/journal.ts';
import type { Plan } from '../../provider/plan.ts';
import { cutTokens } from '../../provider/tokens.ts';

/** Where in a turn the worker dies. `none`: it lives. */
export type Phase =
  | 'none'
  | 'before headers'
  | 'before a token'
  | 'mid-stream'
  | 'in a wait'
  | 'before the commit';

export interface Round {
  index: number;
  phase: Phase;
  /** A view shows the answer all the time; otherwise it is closed once the question is on its way. */
  watched: boolean;
  surface: 'popup.html' | 'sidepanel.html';
  /** What happens to an answer that breaks, as set by the user. */
  continuing: 'ask' | 'automatic';
  /** 0 to 1: where in its phase. */
  moment: number;
  /** The whole answer; every round has another. */
  answer: string;
  question: string;
}

const KILLS: readonly Phase[] = [
  'before headers',
  'before a token',
  'mid-stream',
  'in a wait',
  'before the commit',
];

/** Numbers from 0 to 1, the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every phase four times, once for each way of being looked at and each setting; ten rounds without a death; shuffled within a setting. */
export function makeRounds(random: () => number): Round[] {
  const rounds: Round[] = [];
  for (const continuing of ['ask', 'automatic'] as const) {
    const deaths = KILLS.flatMap((phase) => [true, false].map((watched) => ({ phase, watched })));
    const lives = Array.from({ length: 5 }, (_, index) => ({
      phase: 'none' as const,
      watched: index % 2 === 0,
    }));
    for (const { phase, watched } of shuffle([...deaths, ...lives], random)) {
      const index = rounds.length;
      const length = 60 + Math.floor(random() * 60);
      const words = Array.from({ length }, (_, drop) => `Drop ${index}.${drop + 1} falls.`);
      rounds.push({
        index,
        phase,
        watched,
        surface: random() < 0.5 ? 'popup.html' : 'sidepanel.html',
        continuing,
        moment: random(),
        answer: words.join(' '),
        question: `Question number ${index}?`,
      });
    }
  }
  return rounds;
}

function shuffle<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Tokens a second. */
const RATE = 200;

/** How the server answers one request of a round; `earlier`: requests of the round before it. */
export function planFor(round: Round, entry: JournalEntry, earlier: number): Plan {
  const text = restOf(round, entry);
  const plan: Plan = { text, rate: RATE };
  if (earlier > 0) return plan;
  if (round.phase === 'before headers') return { ...plan, headerDelayMs: 1000 };
  if (round.phase === 'before a token') return { ...plan, firstTokenDelayMs: 1000 };
  if (round.phase === 'in a wait') return { status: 429, headers: { 'retry-after': '2' } };
  // Half of them have every word and no end: the worker dies with an answer that is whole and does not know it.
  if (round.phase === 'before the commit' && round.moment < 0.5)
    return { ...plan, stallAfter: cutTokens(text).length };
  return plan;
}

interface ChatBody {
  messages: { role: string; content: string }[];
}

/** What the server has left to say: the whole, or what follows the partial answer that it is shown. @throws where that is none of its own */
export function restOf({ answer }: Round, entry: JournalEntry): string {
  const { messages } = entry.body as ChatBody;
  const partial = messages.at(-2);
  if (partial?.role !== 'assistant') return answer;
  if (!answer.startsWith(partial.content)) throw new Error('asked to go on from words it never said');
  return answer.slice(partial.content.length);
}

/** Whether a request belongs to a round: each round is a conversation of its own. */
export function isOf({ question }: Round, entry: JournalEntry): boolean {
  const body = entry.body as Partial<ChatBody> | null;
  return body?.messages?.some(({ content }) => content === question) === true;
}

/** Whether it is time to end the worker, now that the server has done what the entry says. */
export function isDue({ phase, moment, answer }: Round, entry: JournalEntry, now: number): boolean {
  const after = (since: number | null, ms: number) => since !== null && now - since >= moment * ms;
  const tokens = cutTokens(answer).length;
  if (phase === 'before headers') return after(entry.startedAt, 900);
  if (phase === 'before a token') return after(entry.headersAt, 900);
  if (phase === 'mid-stream') return entry.chunksSent > 1 + moment * (tokens - 10);
  if (phase === 'in a wait') return after(entry.closedAt, 1800);
  // Behind the last word: within half a second where the end does not come, around the commit where it does.
  if (moment < 0.5) return entry.chunksSent > tokens && after(entry.lastChunkAt, 1000);
  return entry.endedAt !== null && now - entry.endedAt >= (moment - 0.5) * 60;
}
