// Streams a chat completion: role, reasoning, text, tool calls, finish, usage, [DONE], with the plan's faults in between.
import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../lib/engine/types.ts';
import { now } from './journal.ts';
import type { Plan, PlannedToolCall } from './plan.ts';
import type { Reply } from './replies.ts';
import type { ChatAsk } from './request.ts';
import { createSender, type Exchange, type Sender } from './sender.ts';
import { cutTokens } from './tokens.ts';

interface Payload {
  delta: JsonObject;
  /** What the delta adds to the text. */
  text: string;
}

export function countPromptTokens(ask: ChatAsk): number {
  return ask.messages.reduce((sum, message) => sum + cutTokens(message.text).length, 0);
}

export function createUsage(prompt: number, completion: number, reasoning: number): JsonObject {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(reasoning > 0 ? { completion_tokens_details: { reasoning_tokens: reasoning } } : {}),
  };
}

export function argumentsText(call: PlannedToolCall): string {
  return typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
}

function* toolPayloads(calls: PlannedToolCall[]): Generator<Payload> {
  for (const [index, call] of calls.entries()) {
    const head: JsonValue = {
      index,
      id: call.id ?? `call_${index + 1}`,
      type: 'function',
      function: { name: call.name, arguments: '' },
    };
    yield { delta: { tool_calls: [head] }, text: '' };
    for (const piece of cutTokens(argumentsText(call))) {
      yield { delta: { tool_calls: [{ index, function: { arguments: piece } }] }, text: '' };
    }
  }
}

function* payloads(reply: Reply, plan: Plan): Generator<Payload> {
  for (const piece of reply.reasoning) yield { delta: { reasoning_content: piece }, text: '' };
  for (const piece of reply.tokens) yield { delta: { content: piece }, text: piece };
  yield* toolPayloads(plan.toolCalls ?? []);
}

/** Wraps deltas as chunks of one completion and writes them as events. */
function createChunks({ entry, journal, plan }: Exchange, ask: ChatAsk, sender: Sender) {
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion.chunk',
    created: Math.floor(now() / 1000),
    model: ask.model,
  };
  const eol = plan.crlf ? '\r\n' : '\n';
  const withUsage = ask.includeUsage && !plan.noUsage;

  function line(data: string, event?: string): string {
    return `${event ? `event: ${event}${eol}` : ''}data: ${data}${eol}${eol}`;
  }

  function put(rest: JsonObject, text = ''): Promise<void> {
    const chunk = { ...head, ...rest, ...(plan.stamp ? { sent_at: now() } : {}) };
    return sender.send(line(JSON.stringify(chunk)), () => {
      entry.chunksSent += 1;
      entry.textSent += text;
      entry.lastChunkAt = now();
      journal.changed(entry);
    });
  }

  return {
    delta(delta: JsonObject, finishReason: string | null, text = ''): Promise<void> {
      const choices = [{ index: 0, delta, finish_reason: finishReason }];
      return put(withUsage ? { choices, usage: null } : { choices }, text);
    },
    usage: (usage: JsonObject) => (withUsage ? put({ choices: [], usage }) : Promise.resolve()),
    raw: (data: string, event?: string) => sender.send(line(data, event)),
  };
}

type Chunks = ReturnType<typeof createChunks>;

/** Does what is due after `count` payload chunks; true when the stream is over. */
async function meetFaults(count: number, plan: Plan, sender: Sender, chunks: Chunks): Promise<boolean> {
  if (plan.garbageAfter === count) await chunks.raw('{"choices":[{"index":0,"delta":{"conte');
  if (plan.stallAfter === count) {
    await sender.wait(Number.POSITIVE_INFINITY);
    return true;
  }
  if (plan.cutAfter === count) {
    await sender.cut();
    return true;
  }
  if (plan.eofAfter === count) {
    await sender.end();
    return true;
  }
  if (plan.errorAfter?.chunks !== count) return false;
  const { payload, event } = plan.errorAfter;
  await chunks.raw(typeof payload === 'string' ? payload : JSON.stringify(payload), event);
  if (!plan.noDone) await chunks.raw('[DONE]');
  await sender.end();
  return true;
}

/** Streams the reply; the headers have been sent. */
export async function runStream(exchange: Exchange, ask: ChatAsk, reply: Reply, rate: number): Promise<void> {
  const { plan, signal } = exchange;
  const sender = createSender(exchange);
  const chunks = createChunks(exchange, ask, sender);
  await sender.wait(plan.firstTokenDelayMs ?? 0);
  await chunks.delta({ role: 'assistant', content: '' }, null);
  const started = now();
  let count = 0;
  for (const { delta, text } of payloads(reply, plan)) {
    // Each payload is due at its own time since the start, so that a late timer does not lower the rate.
    if (rate > 0) await sender.wait(started + (count * 1000) / rate - now());
    // Without a rate, still let the event loop see that the client has left.
    else if (count % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted || (await meetFaults(count, plan, sender, chunks))) return;
    await chunks.delta(delta, null, text);
    count += 1;
  }
  if (signal.aborted || (await meetFaults(count, plan, sender, chunks))) return;
  const reason =
    plan.finishReason === undefined ? (plan.toolCalls ? 'tool_calls' : 'stop') : plan.finishReason;
  if (reason !== null) await chunks.delta({}, reason);
  await chunks.usage(createUsage(countPromptTokens(ask), count, reply.reasoning.length));
  if (!plan.noDone) await chunks.raw('[DONE]');
  await sender.end();
}
