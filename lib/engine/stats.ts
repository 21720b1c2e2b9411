// Progress figures of one reply. Worker and viewers keep them with the same functions, so every view shows the same numbers.
import type { StreamBatch, Usage } from './types.ts';

export interface Stats {
  /** Payload chunks received. */
  chunks: number;
  /** Completion tokens: the server's count once it came, an estimate before. */
  tokens: number;
  /** False while `tokens` is our estimate. */
  usageIsReal: boolean;
  /** Send → now (or end), ms. */
  elapsedMs: number;
  /** Send → first payload, ms; null before it. */
  ttftMs: number | null;
  /** Attempts after the first. */
  retries: number;
  /** First thought → first word of the answer, ms; absent where the model showed no thoughts, or thinks still. */
  thoughtMs?: number;
}

export function emptyStats(): Stats {
  return { chunks: 0, tokens: 0, usageIsReal: false, elapsedMs: 0, ttftMs: null, retries: 0 };
}

/** Adds a batch that arrived `elapsedMs` after the send. */
export function countBatch(stats: Stats, batch: StreamBatch, elapsedMs: number): Stats {
  stats.chunks += batch.chunks;
  stats.elapsedMs = elapsedMs;
  for (const event of batch.events) {
    if (event.type === 'usage') useReal(stats, event.usage);
    else if (event.type !== 'finish') {
      stats.ttftMs ??= elapsedMs;
      const text = event.type === 'tool-call' ? (event.arguments ?? '') : event.text;
      if (!stats.usageIsReal) stats.tokens += estimateTokens(text);
    }
  }
  return stats;
}

function useReal(stats: Stats, usage: Usage): void {
  if (usage.completionTokens === null) return;
  stats.tokens = usage.completionTokens;
  stats.usageIsReal = true;
}

/** Tokens per second over the time in which tokens came (first payload → now); null until there is something to divide. */
export function tokensPerSecond(stats: Stats): number | null {
  if (stats.ttftMs === null || stats.tokens === 0) return null;
  const ms = stats.elapsedMs - stats.ttftMs;
  return ms > 0 ? (stats.tokens * 1000) / ms : null;
}

/**
 * A rough count: about four characters of alphabetic text a token, about one of Han, Kana or Hangul. May be fractional, so that
 * sums over many small deltas do not drift by rounding.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x2e80 && unit <= 0xd7af) wide++;
  }
  return wide + (text.length - wide) / 4;
}
