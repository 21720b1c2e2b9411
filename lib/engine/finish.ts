// Finish reasons as servers spell them → what they mean. The event keeps the server's own word.

export type FinishMeaning = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'error';

const MEANINGS = new Map<string, FinishMeaning>([
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['max_completion_tokens', 'length'],
  ['model_length', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_calls', 'tool-calls'],
  ['tool_call', 'tool-calls'],
  ['tool_use', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
  ['content_filtered', 'content-filter'],
  ['safety', 'content-filter'],
  ['recitation', 'content-filter'],
  ['blocklist', 'content-filter'],
  ['prohibited_content', 'content-filter'],
  ['spii', 'content-filter'],
  ['sensitive', 'content-filter'],
  ['refusal', 'content-filter'],
  ['error', 'error'],
  ['network_error', 'error'],
  ['insufficient_system_resource', 'error'],
  ['malformed_function_call', 'error'],
  ['abort', 'error'],
]);

/** What a finish reason means, in any case and with dashes too. A word that nobody knows ended the answer all the same: `stop`. */
export function meaningOf(reason: string): FinishMeaning {
  return MEANINGS.get(reason.toLowerCase().replaceAll('-', '_')) ?? 'stop';
}
