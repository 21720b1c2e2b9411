// The one accumulator: worker, viewers, replay and tests fold events into a message with this and nothing else.
import type { Message, StreamEvent } from './types.ts';

export function emptyMessage(): Message {
  return { text: '', reasoning: '', refusal: '', toolCalls: [], finishReason: null, usage: null };
}

/** Adds events to `message` in place. Tool-call fragments find their call by index; an id or name given twice does not grow. */
export function fold(message: Message, events: readonly StreamEvent[]): Message {
  for (const event of events) {
    switch (event.type) {
      case 'text':
        message.text += event.text;
        break;
      case 'reasoning':
        message.reasoning += event.text;
        break;
      case 'refusal':
        message.refusal += event.text;
        break;
      case 'tool-call': {
        message.toolCalls[event.index] ??= { id: '', name: '', arguments: '' };
        const call = message.toolCalls[event.index];
        if (!call) break;
        if (event.id) call.id = event.id;
        if (event.name) call.name = event.name;
        if (event.arguments) call.arguments += event.arguments;
        break;
      }
      case 'usage':
        message.usage = event.usage;
        break;
      case 'finish':
        message.finishReason = event.reason;
        break;
    }
  }
  return message;
}
