// Going on from a partial answer. Chat completions cannot be resumed: a closed connection ends the generation, so a continuation is a new
// request that shows the model what it had written and asks for the rest.
import type { ErrorCode, StreamError } from './errors.ts';
import type { ChatRequest, Message } from './types.ts';

/** Breaks that say nothing against the answer itself. */
const CONTINUABLE: ReadonlySet<ErrorCode> = new Set([
  'interrupted',
  'network',
  'timeout-idle',
  'server',
  'overloaded',
  'rate-limited',
]);

/** Whether an answer that broke with `error` can go on. Never with a tool call in it: half of its arguments may be missing. */
export function canContinue(message: Message, error: StreamError): boolean {
  return CONTINUABLE.has(error.code) && message.toolCalls.length === 0 && message.finishReason === null;
}

const INSTRUCTION =
  'Your answer was cut off by a broken connection. Go on from exactly where it ends, in the same language, format and style: ' +
  'in the middle of a word, a sentence or a code block if that is where it ends. Do not repeat what is there, do not begin anew, ' +
  'and add no introduction or comment.';

/**
 * The request for the rest. It ends with a user message: servers refuse or ignore a last message of the assistant's too often.
 * Where no text had come (only reasoning), there is nothing to go on from, and the request is the first one again.
 */
export function continuationRequest(request: ChatRequest, partial: string): ChatRequest {
  if (partial === '') return request;
  return {
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', content: partial },
      { role: 'user', content: INSTRUCTION },
    ],
  };
}
