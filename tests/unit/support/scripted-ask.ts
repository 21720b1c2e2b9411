// A model that says what it is told to, turn by turn, and remembers what it was asked.
import type { StreamError } from '../../../lib/engine/errors.ts';
import type { Ask } from '../../../lib/engine/fold-turn.ts';
import type { ChatRequest, StreamEvent, ToolCall } from '../../../lib/engine/types.ts';

export interface ScriptedTurn {
  text?: string;
  reasoning?: string;
  refusal?: string;
  calls?: Partial<ToolCall>[];
  finish?: string | null;
  /** Thrown instead of an answer, or after the rest where `late`. */
  error?: StreamError;
  late?: boolean;
}

export type Script = readonly ScriptedTurn[] | ((asked: number) => ScriptedTurn);

export function createScriptedAsk(script: Script): { ask: Ask; requests: ChatRequest[] } {
  const requests: ChatRequest[] = [];
  async function* ask(request: ChatRequest) {
    requests.push(structuredClone(request));
    const turn = typeof script === 'function' ? script(requests.length) : script[requests.length - 1];
    if (!turn) throw new Error(`nothing is scripted for request ${requests.length}`);
    if (turn.error && !turn.late) throw turn.error;
    for (const event of eventsOf(turn)) yield { type: 'batch' as const, events: [event], chunks: 1 };
    if (turn.error) throw turn.error;
  }
  return { ask, requests };
}

function eventsOf({ text, reasoning, refusal, calls, finish }: ScriptedTurn): StreamEvent[] {
  const events: StreamEvent[] = [];
  if (reasoning) events.push({ type: 'reasoning', text: reasoning });
  if (refusal) events.push({ type: 'refusal', text: refusal });
  // In two pieces, as it streams.
  for (const piece of [text?.slice(0, 5), text?.slice(5)])
    if (piece) events.push({ type: 'text', text: piece });
  for (const [index, { id, name, arguments: words }] of (calls ?? []).entries()) {
    events.push({
      type: 'tool-call',
      index,
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      ...(words === undefined ? {} : { arguments: words }),
    });
  }
  const reason = finish === undefined ? (calls ? 'tool_calls' : 'stop') : finish;
  if (reason !== null) events.push({ type: 'finish', reason });
  return events;
}
