import { expect, it } from 'vitest';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';

const body = (model: string, reasoning?: 'low') =>
  openAiDialect.chatBody({ model, messages: [], ...(reasoning ? { reasoning } : {}) });

it.each([
  'o3',
  'o4-mini',
  'gpt-5',
  'gpt-5-mini',
  'openai/gpt-oss-120b',
  'gemini-2.5-flash',
  'x-ai/grok-3-mini',
])('%s is asked to think little, where that is wanted', (model) => {
  expect(body(model, 'low')).toHaveProperty('reasoning_effort', 'low');
  expect(body(model)).not.toHaveProperty('reasoning_effort');
});

it.each(['gpt-4o', 'llama-3.3-70b', 'claude-opus-4', 'scripted-small', 'foo1-mini', 'gemini-2.5-pro'])(
  '%s is not asked for what it may not know',
  (model) => expect(body(model, 'low')).not.toHaveProperty('reasoning_effort'),
);
