// A chat completion as one JSON object.
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../lib/engine/types.ts';
import { now } from './journal.ts';
import type { Plan } from './plan.ts';
import type { Reply } from './replies.ts';
import type { ChatAsk } from './request.ts';
import { argumentsText, countPromptTokens, createUsage } from './stream.ts';

export function createCompletion(ask: ChatAsk, reply: Reply, plan: Plan): { body: JsonObject; text: string } {
  const tokens = [...reply.tokens];
  const text = tokens.join('');
  const calls = plan.toolCalls?.map((call, index) => ({
    id: call.id ?? `call_${index + 1}`,
    type: 'function',
    function: { name: call.name, arguments: argumentsText(call) },
  }));
  const message: JsonObject = {
    role: 'assistant',
    content: text === '' && calls ? null : text,
    ...(reply.reasoning.length > 0 ? { reasoning_content: reply.reasoning.join('') } : {}),
    ...(calls ? { tool_calls: calls } : {}),
  };
  const completion = tokens.length + reply.reasoning.length;
  const body: JsonObject = {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(now() / 1000),
    model: ask.model,
    choices: [{ index: 0, message, finish_reason: plan.finishReason ?? (calls ? 'tool_calls' : 'stop') }],
    ...(plan.noUsage
      ? {}
      : { usage: createUsage(countPromptTokens(ask), completion, reply.reasoning.length) }),
  };
  return { body, text };
}
