// Everything that is known of how a message was answered, as lines for a person. Loaded when somebody looks.
import { tokensPerSecond } from '../engine/stats.ts';
import type { ModelPrice, Usage } from '../engine/types.ts';
import type { Connect } from '../protocol/channel.ts';
import type { Attempt, TurnState } from '../protocol/contract.ts';
import { costOf, dollars, partsOf } from './cost.ts';
import { askOnce } from './questions.ts';
import type { TurnModel } from './turn-model.ts';

export interface DetailLine {
  label: string;
  value: string;
}

const STATES: Record<TurnState, string> = {
  waiting: 'Waiting',
  streaming: 'Being written',
  retrying: 'Waiting for another try',
  continuing: 'Going on after a break',
  done: 'Complete',
  partial: 'Ended early',
  failed: 'Failed',
};

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** `price` is null while it is not known. */
export function detailLines(turn: TurnModel, price: Required<ModelPrice> | null): DetailLine[] {
  const { model, origin, attempts, seams } = turn.reply.facts.value;
  const lines: [string, string | null][] = [
    ['State', STATES[turn.reply.state.value]],
    ['Model', model || null],
    ['Server', origin === '' ? null : new URL(origin).host],
    ['Asked', turn.createdAt > 0 ? time.format(turn.createdAt) : null],
    ...figureLines(turn),
    ...usageLines(turn.reply.usage, price),
    ['Continued', seams.length > 0 ? counted(seams.length, 'once', (n) => `${n} times`) : null],
    ...attemptLines(attempts),
  ];
  return lines.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function figureLines({ reply }: TurnModel): [string, string | null][] {
  const stats = reply.shownStats.value;
  const thought = reply.thinking.value?.ms ?? null;
  const rate = tokensPerSecond(stats);
  const tilde = stats.usageIsReal ? '' : '~';
  const isSome = stats.chunks > 0;
  return [
    ['First token', stats.ttftMs === null ? null : seconds(stats.ttftMs)],
    ['Thinking', thought === null ? null : seconds(thought)],
    ['Duration', isSome ? seconds(stats.elapsedMs) : null],
    ['Speed', rate === null ? null : `${tilde}${number.format(rate)} tokens a second`],
    ['Answer', isSome ? `${tilde}${number.format(Math.round(stats.tokens))} tokens` : null],
    ['Chunks', isSome ? number.format(stats.chunks) : null],
    ['Retries', stats.retries > 0 ? number.format(stats.retries) : null],
  ];
}

function usageLines(usage: Usage | null, price: Required<ModelPrice> | null): [string, string | null][] {
  if (!usage) return [];
  const { cached, reasoning } = partsOf(usage);
  const cost = price && costOf(usage, price);
  const tokens = (count: number | null) => (count === null ? null : `${number.format(count)} tokens`);
  return [
    ['Input', tokens(usage.promptTokens)],
    ['Of it cached', tokens(cached)],
    ['Of it reasoning', tokens(reasoning)],
    ['Total', tokens(usage.totalTokens)],
    ['Cost', cost === null ? null : `about ${dollars(cost)}`],
  ];
}

function attemptLines(attempts: readonly Attempt[]): [string, string | null][] {
  const first = attempts[0];
  if (!first) return [];
  const last = attempts.at(-1) ?? first;
  if (attempts.length === 1 && last.code === null)
    return [['Status', last.status === null ? null : String(last.status)]];
  return attempts.map((attempt, index) => [
    `Request ${index + 1}`,
    `after ${seconds(attempt.at - first.at)}: ${attempt.status ?? 'no answer'}${attempt.code ? `, ${attempt.code}` : ''}`,
  ]);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

function counted(count: number, one: string, many: (count: string) => string): string {
  return count === 1 ? one : many(number.format(count));
}

/** What the turn's model costs; null where that is not known, whatever the reason. Never rejects. */
export function findPrice(connect: Connect, turnId: string): Promise<Required<ModelPrice> | null> {
  return askOnce<'price'>(connect, { type: 'price', turnId }).catch(() => null);
}
