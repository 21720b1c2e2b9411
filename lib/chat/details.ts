// Everything that is known of how a message was answered, as lines for a person. Loaded when somebody looks.
import { tokensPerSecond } from '../engine/stats.ts';
import type { ModelPrice, Usage } from '../engine/types.ts';
import type { Connect } from '../protocol/channel.ts';
import type { Attempt, TurnState } from '../protocol/contract.ts';
import { writeDate, writeNumber } from '../words/formats.ts';
import { type MessageName, say, sayCount } from '../words/say.ts';
import { costOf, dollars, partsOf } from './cost.ts';
import { writeCount, writeDigits } from './figures.ts';
import { askOnce } from './questions.ts';
import type { TurnModel } from './turn-model.ts';

export interface DetailLine {
  label: string;
  value: string;
}

const STATES: Record<TurnState, MessageName> = {
  waiting: 'stateWaiting',
  streaming: 'stateWritten',
  retrying: 'stateRetrying',
  continuing: 'stateContinuing',
  done: 'stateDone',
  partial: 'statePartial',
  failed: 'stateFailed',
};

const TIME = { dateStyle: 'medium', timeStyle: 'medium' } as const;

type Line = [label: MessageName, value: string | null];

/** `price` is null while it is not known. */
export function detailLines(turn: TurnModel, price: Required<ModelPrice> | null): DetailLine[] {
  const { model, origin, attempts, seams } = turn.reply.facts.value;
  const lines: Line[] = [
    ['detailState', say(STATES[turn.reply.state.value])],
    ['model', model || null],
    ['detailServer', origin === '' ? null : new URL(origin).host],
    ['detailAsked', turn.createdAt > 0 ? writeDate(turn.createdAt, TIME) : null],
    ...figureLines(turn),
    ...usageLines(turn.reply.usage, price),
    ['detailContinued', seams.length > 0 ? sayCount('continued', seams.length) : null],
  ];
  const told = lines.flatMap(([label, value]) => (value === null ? [] : [{ label: say(label), value }]));
  return [...told, ...attemptLines(attempts)];
}

function figureLines({ reply }: TurnModel): Line[] {
  const stats = reply.shownStats.value;
  const thought = reply.thinking.value?.ms ?? null;
  const rate = tokensPerSecond(stats);
  const length = Math.round(stats.tokens);
  const isSome = stats.chunks > 0;
  return [
    ['detailFirst', stats.ttftMs === null ? null : seconds(stats.ttftMs)],
    ['detailThinking', thought === null ? null : seconds(thought)],
    ['detailDuration', isSome ? seconds(stats.elapsedMs) : null],
    ['detailSpeed', rate === null ? null : sayCount('tokensASecond', rate, writeCount(rate, stats))],
    ['detailAnswer', isSome ? sayCount('tokenCount', length, writeCount(length, stats)) : null],
    ['detailChunks', isSome ? writeNumber(stats.chunks) : null],
    ['retries', stats.retries > 0 ? writeNumber(stats.retries) : null],
  ];
}

function usageLines(usage: Usage | null, price: Required<ModelPrice> | null): Line[] {
  if (!usage) return [];
  const { cached, reasoning } = partsOf(usage);
  const cost = price && costOf(usage, price);
  const tokens = (count: number | null) =>
    count === null ? null : sayCount('tokenCount', count, writeNumber(count));
  return [
    ['detailInput', tokens(usage.promptTokens)],
    ['detailCached', tokens(cached)],
    ['detailReasoning', tokens(reasoning)],
    ['detailTotal', tokens(usage.totalTokens)],
    ['detailCost', cost === null ? null : say('aboutCost', dollars(cost))],
  ];
}

function attemptLines(attempts: readonly Attempt[]): DetailLine[] {
  const first = attempts[0];
  if (!first) return [];
  const last = attempts.at(-1) ?? first;
  if (attempts.length === 1 && last.code === null)
    return last.status === null ? [] : [{ label: say('detailStatus'), value: String(last.status) }];
  return attempts.map((attempt, index) => ({
    label: say('detailRequest', index + 1),
    value: say('requestAfter', seconds(attempt.at - first.at), outcomeOf(attempt)),
  }));
}

function seconds(ms: number): string {
  return say('seconds', writeDigits(ms / 1000, ms < 10_000 ? 2 : 1));
}

/** What the server said, and our name for what is wrong with it: both are technical. */
function outcomeOf({ status, code }: Attempt): string {
  return [status ?? say('noAnswer'), ...(code ? [code] : [])].join(', ');
}

/** What the turn's model costs; null where that is not known, whatever the reason. Never rejects. */
export function findPrice(connect: Connect, turnId: string): Promise<Required<ModelPrice> | null> {
  return askOnce<'price'>(connect, { type: 'price', turnId }).catch(() => null);
}
