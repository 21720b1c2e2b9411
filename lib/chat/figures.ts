// The figures of a reply as words and as attributes.
import { type Stats, tokensPerSecond } from '../engine/stats.ts';

export interface Figures {
  /** One line, such as `0.42 s · 86 tok/s · 512 tokens · 211 chunks`; a tilde stands before what is estimated. */
  line: string;
  attributes: Record<`data-${string}`, string>;
}

const counts = new Intl.NumberFormat('en');

export function figuresOf(stats: Stats): Figures {
  const rate = tokensPerSecond(stats);
  const tokens = Math.round(stats.tokens);
  const tilde = stats.usageIsReal ? '' : '~';
  const parts: string[] = [];
  if (stats.ttftMs !== null) parts.push(`${(stats.ttftMs / 1000).toFixed(2)} s`);
  if (rate !== null)
    parts.push(`${tilde}${counts.format(rate < 10 ? round1(rate) : Math.round(rate))} tok/s`);
  if (stats.chunks > 0) parts.push(`${tilde}${counted(tokens, 'token')}`, counted(stats.chunks, 'chunk'));
  if (stats.retries > 0) parts.push(stats.retries === 1 ? '1 retry' : `${stats.retries} retries`);
  return {
    line: parts.join(' · '),
    attributes: {
      'data-chunks': String(stats.chunks),
      'data-tokens': String(tokens),
      'data-tokens-per-second': rate === null ? '' : String(round1(rate)),
      'data-ttft-ms': stats.ttftMs === null ? '' : String(Math.round(stats.ttftMs)),
      'data-retries': String(stats.retries),
      'data-usage': stats.usageIsReal ? 'real' : 'estimated',
    },
  };
}

function counted(count: number, noun: string): string {
  return `${counts.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
