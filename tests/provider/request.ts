// Reads a chat request leniently: the server refuses only what no server could answer.

export interface ChatAsk {
  model: string;
  messages: { role: string; text: string }[];
  stream: boolean;
  includeUsage: boolean;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a content: a string, or the text parts of a list. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}

/** Throws with the server's words for a body that is not a chat request. */
export function expectChatAsk(body: unknown): ChatAsk {
  if (!isRecord(body)) throw new TypeError('The body is not a JSON object.');
  const { model, messages } = body;
  if (typeof model !== 'string' || model === '') throw new TypeError('You must provide a model parameter.');
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new TypeError("'messages' must be a list with at least one message.");
  }
  const options = body['stream_options'];
  return {
    model,
    messages: messages.filter(isRecord).map((message) => ({
      role: String(message['role']),
      text: textOf(message['content']),
    })),
    stream: body['stream'] === true,
    includeUsage: isRecord(options) && options['include_usage'] === true,
  };
}
