// Turns with tools: the model's calls are run, their results go back, until it answers without a call.
import { StreamError } from './errors.ts';
import { type Ask, foldTurn } from './fold-turn.ts';
import { redact } from './redact.ts';
import type { TurnStep } from './run-turn.ts';
import { isJsonObject, parseJson } from './structured-json.ts';
import { type Judge, type Judged, judgeCalls, toRequestCall } from './tool-loop-calls.ts';
import type {
  ChatRequest,
  JsonObject,
  JsonValue,
  Message,
  RequestMessage,
  ToolCall,
  ToolDefinition,
} from './types.ts';
import { expectRunning, untilAborted } from './until-aborted.ts';

/** Runs one call. A string goes to the model as it is, anything else as JSON; what it throws goes as an error. */
export type ToolHandler = (
  args: JsonObject,
  context: { callId: string; signal: AbortSignal },
) => JsonValue | undefined | Promise<JsonValue | undefined>;

export interface ToolLoopInput {
  ask: Ask;
  request: ChatRequest;
  tools: readonly ToolDefinition[];
  /** By name of the tool. */
  handlers: Readonly<Record<string, ToolHandler>>;
  /** What is wrong with the arguments, a sentence each; empty where nothing is. Unknown fields are its business too. */
  validate(tool: ToolDefinition, value: JsonObject): readonly string[];
  /**
   * Asked before each call that would run; `arguments` is exactly what will be run. False refuses it. Without this, every valid call runs:
   * a turn that holds text of a page must give it.
   */
  permit?(call: ToolCall, signal: AbortSignal): boolean | Promise<boolean>;
  /** 8 where absent; further calls of a turn are refused. */
  maxCallsPerTurn?: number;
  /** 6 where absent: how many turns may call tools. */
  maxRounds?: number;
  /** In characters, 32,768 where absent; a longer result is cut. */
  maxResultLength?: number;
  signal: AbortSignal;
}

export type ToolLoopStep =
  | TurnStep
  | { type: 'call-started'; round: number; call: ToolCall }
  /** `refused` calls were never started. `content` is what the model is told. */
  | {
      type: 'call-finished';
      round: number;
      call: ToolCall;
      outcome: 'done' | 'failed' | 'refused';
      content: string;
    }
  /** The results go to the model. What comes next is another message; `messages` is what this round adds to the request. */
  | { type: 'round-finished'; round: number; messages: RequestMessage[] };

// Whatever ended the answer early may have ended a call early, and half of some arguments is valid JSON too.
const CUT = /length|max_?(?:output_?)?tokens|context_window|content_?filter|safety|error/i;

/**
 * Runs turns until one ends without a call. Calls of a turn run one after the other, in order, and only when the turn is complete.
 * @throws StreamError `tool` where a turn with calls was cut, or after the last round; `aborted`; else what a turn throws
 */
export async function* runToolLoop(input: ToolLoopInput): AsyncGenerator<ToolLoopStep, void, undefined> {
  const { ask, request, tools, handlers, signal, maxRounds = 6 } = input;
  const judge: Judge = {
    tools,
    hasHandler: (name) => Object.hasOwn(handlers, name),
    validate: input.validate,
    maxCallsPerTurn: input.maxCallsPerTurn ?? 8,
    seen: new Set(),
    ids: new Set(request.messages.flatMap(idsOf)),
  };
  const messages = [...request.messages];
  for (let round = 1; ; round++) {
    expectRunning(signal);
    const message = yield* foldTurn(ask(createRequest(input, messages, round)), signal);
    expectRunning(signal);
    // Positions come from the server; one that it skipped is a hole.
    const calls = message.toolCalls.filter((call) => call !== undefined);
    if (calls.length === 0) return;
    expectComplete(message);
    if (round > maxRounds)
      throw new StreamError('tool', `The model still asks for tools after ${maxRounds} rounds.`);
    const added = yield* runCalls(message, judgeCalls(calls, judge), round, input);
    messages.push(...added);
    yield { type: 'round-finished', round, messages: added };
  }
}

function createRequest(
  { request, tools }: ToolLoopInput,
  messages: readonly RequestMessage[],
  round: number,
): ChatRequest {
  const { toolChoice, ...rest } = request;
  // A choice that forces a call would force one in every round, and the model could never answer.
  const keepsChoice =
    toolChoice !== undefined && (round === 1 || toolChoice === 'auto' || toolChoice === 'none');
  return { ...rest, messages: [...messages], tools: [...tools], ...(keepsChoice ? { toolChoice } : {}) };
}

function idsOf(message: RequestMessage): string[] {
  return 'tool_calls' in message ? message.tool_calls.map(({ id }) => id) : [];
}

function expectComplete({ finishReason }: Message): void {
  if (finishReason !== null && CUT.test(finishReason)) {
    throw new StreamError(
      'tool',
      `The answer was cut (${finishReason}) with a call of a tool in it; nothing was run.`,
    );
  }
}

/** The messages of a round: what the model said, and a result for each of its calls. */
async function* runCalls(
  message: Message,
  judged: readonly Judged[],
  round: number,
  input: ToolLoopInput,
): AsyncGenerator<ToolLoopStep, RequestMessage[], undefined> {
  const results: RequestMessage[] = [];
  for (const item of judged) {
    const { call } = item;
    let ended: Ended;
    if (item.runs && (await isPermitted(call, input))) {
      yield { type: 'call-started', round, call };
      expectRunning(input.signal);
      ended = await runCall(call, input);
    } else {
      const problem = item.runs ? 'The user did not allow this call.' : item.problem;
      ended = { outcome: 'refused', content: errorContent(problem) };
    }
    results.push({ role: 'tool', content: ended.content, tool_call_id: call.id });
    yield { type: 'call-finished', round, call, ...ended };
    expectRunning(input.signal);
  }
  return [
    {
      role: 'assistant',
      content: message.text === '' ? null : message.text,
      tool_calls: judged.map(({ call }) => toRequestCall(call)),
    },
    ...results,
  ];
}

async function isPermitted(call: ToolCall, { permit, signal }: ToolLoopInput): Promise<boolean> {
  if (!permit) return true;
  return (await untilAborted(Promise.resolve(permit(call, signal)), signal)) === true;
}

interface Ended {
  outcome: 'done' | 'failed' | 'refused';
  content: string;
}

async function runCall(call: ToolCall, input: ToolLoopInput): Promise<Ended> {
  const { handlers, signal, maxResultLength = 32_768 } = input;
  const { id: callId, name, arguments: text } = call;
  const parsed = parseJson(text);
  const handler = handlers[name];
  try {
    if (!handler || !parsed.ok || !isJsonObject(parsed.value)) throw new Error('It cannot be run.');
    const args = parsed.value;
    const result = await untilAborted(
      Promise.resolve().then(() => handler(args, { callId, signal })),
      signal,
    );
    const content = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { outcome: 'done', content: cut(content, maxResultLength) };
  } catch (error) {
    expectRunning(signal);
    const words = error instanceof Error ? error.message : String(error);
    return { outcome: 'failed', content: errorContent(`The tool failed: ${redact(words, undefined)}`) };
  }
}

function errorContent(problem: string): string {
  return JSON.stringify({ error: problem.length > 2000 ? `${problem.slice(0, 2000)}…` : problem });
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Half of a character would not survive the way to the server.
  const start = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return `${start}\n[cut: ${start.length} of ${text.length} characters]`;
}
