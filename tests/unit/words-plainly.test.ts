// Troubles with the history, which places without a card tell in one sentence.
import { afterEach, describe, expect, it } from 'vitest';
import { GONE, STORE_CLOSED, STORE_WORDS } from '../../lib/engine/errors.ts';
import { sayPlainly } from '../../lib/words/plainly.ts';

const { chrome } = globalThis as unknown as { chrome: { i18n: { getMessage(name: string): string } } };
const { getMessage } = chrome.i18n;
afterEach(() => {
  chrome.i18n.getMessage = getMessage;
});

const sentences = [
  ...Object.values(STORE_WORDS),
  GONE,
  `${STORE_CLOSED.before}UnknownError${STORE_CLOSED.behind}`,
];

describe('a trouble with the history', () => {
  it.each(sentences)('keeps its English words: %s', (message) => {
    expect(sayPlainly({ code: 'storage', message })).toBe(message);
  });

  it.each(sentences)('is known again and said in the words of the reader: %s', (message) => {
    chrome.i18n.getMessage = (name) => `<${name}>`;
    expect(sayPlainly({ code: 'storage', message })).toMatch(/^<\w+>$/);
  });

  it('leaves words that are not ours as they are', () => {
    expect(sayPlainly({ code: 'storage', message: 'Disk I/O error.' })).toBe('Disk I/O error.');
  });

  it('names the worker that ended, not what stopped because of it', () => {
    expect(sayPlainly({ code: 'worker-gone', message: 'A channel closed.' })).toBe(
      'The browser ended the background worker.',
    );
  });
});
