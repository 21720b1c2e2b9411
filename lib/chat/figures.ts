// The figures of a reply as words and as attributes.
import { type Stats, tokensPerSecond } from '../engine/stats.ts';
import { writeNumber } from '../words/formats.ts';
import { isolated } from '../words/isolated.ts';
import { say, sayCount } from '../words/say.ts';

export interface Figures {
  /** One line, such as `0.42 s · 86 tok/s · 512 tokens · 211 chunks`; a tilde stands before what is estimated. */
  line: string;
  attributes: Record<`data-${string}`, string>;
}

export function figuresOf(stats: Stats): Figures {
  const rate = tokensPerSecond(stats);
  const tokens = Math.round(stats.tokens);
  const parts: string[] = [];
  if (stats.ttftMs !== null) parts.push(say('seconds', writeDigits(stats.ttftMs / 1000, 2)));
  if (rate !== null)
    parts.push(say('perSecond', writeCount(rate < 10 ? round1(rate) : Math.round(rate), stats)));
  if (stats.chunks > 0)
    parts.push(
      sayCount('tokenCount', tokens, writeCount(tokens, stats)),
      sayCount('chunkCount', stats.chunks),
    );
  if (stats.retries > 0) parts.push(sayCount('retryCount', stats.retries));
  return {
    line: parts.map(isolated).join(' · '),
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

/** A number of tokens, marked where nobody counted them. */
export function writeCount(value: number, { usageIsReal }: Pick<Stats, 'usageIsReal'>): string {
  const written = writeNumber(value, { maximumFractionDigits: 1 });
  return usageIsReal ? written : say('roughly', written);
}

/** With exactly so many digits behind the point. */
export function writeDigits(value: number, digits: number): string {
  return writeNumber(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
