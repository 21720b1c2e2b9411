// Counts what one answer takes: its requests and their tokens, as the server told them, else as we estimate them.
import type { TurnStep } from '../engine/run-turn.ts';
import { estimateTokens } from '../engine/stats.ts';
import type { Fetch } from '../engine/transport.ts';
import type { ChatRequest, StreamEvent, Usage } from '../engine/types.ts';

export interface Metered {
  requests: number;
  /** Tokens. */
  input: number;
  output: number;
  isEstimated: boolean;
}

/** What was asked of whom. */
export interface Used extends Metered {
  kind: 'chat' | 'translation';
  baseUrl: string;
  model: string;
  conversationId?: string;
}

export class Meter {
  private readonly request: ChatRequest;
  private readonly sums: Metered = { requests: 0, input: 0, output: 0, isEstimated: false };
  /** Of the attempt under way. */
  private told: Usage | undefined;
  private estimate = 0;
  /** Tokens that continuations send along: what had come. */
  private partial = 0;

  constructor(request: ChatRequest) {
    this.request = request;
  }

  /** `fetch`, counted. */
  counting(fetch: Fetch): Fetch {
    return (url, init) => {
      this.sums.requests++;
      return fetch(url, init);
    };
  }

  take(step: TurnStep): void {
    if (step.type !== 'batch') this.endAttempt();
    else for (const event of step.events) this.count(event);
  }

  /** To be called once, when nothing more comes. */
  end(): Metered {
    this.endAttempt();
    const { input, output } = this.sums;
    return { ...this.sums, input: Math.round(input), output: Math.round(output) };
  }

  private count(event: StreamEvent): void {
    if (event.type === 'usage') this.told = event.usage;
    else if (event.type === 'tool-call') this.estimate += estimateTokens(event.arguments ?? '');
    else if (event.type !== 'finish') this.estimate += estimateTokens(event.text);
  }

  private endAttempt(): void {
    const { told, estimate } = this;
    this.told = undefined;
    this.estimate = 0;
    // Nothing came: servers do not charge for what they refused.
    if (!told && estimate === 0) return;
    const output = told?.completionTokens ?? estimate;
    this.sums.output += output;
    this.sums.input += told?.promptTokens ?? promptTokens(this.request) + this.partial;
    this.sums.isEstimated ||= told?.promptTokens == null || told.completionTokens === null;
    this.partial += output;
  }
}

function promptTokens({ messages }: ChatRequest): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(wordsOf(content)), 0);
}

/** What stands in a message in words; of its other parts nobody knows what they take. */
function wordsOf(content: unknown): string {
  if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('');
}
