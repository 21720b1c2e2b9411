import { expect, it } from 'vitest';
import { meaningOf } from '../../lib/engine/finish.ts';

it.each([
  ['stop', 'stop'],
  ['eos', 'stop'],
  ['eos_token', 'stop'],
  ['end_turn', 'stop'],
  ['STOP', 'stop'],
  ['other', 'stop'],
  ['constructor', 'stop'],
  ['__proto__', 'stop'],
  ['length', 'length'],
  ['MAX_TOKENS', 'length'],
  ['model_length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['tool-calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
  ['SAFETY', 'content-filter'],
  ['error', 'error'],
  ['insufficient_system_resource', 'error'],
])('%s means %s', (reason, meaning) => expect(meaningOf(reason)).toBe(meaning));
