import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../lib/engine/errors.ts';
import { waitWords, wordsFor } from '../../lib/words/trouble.ts';

const host = 'api.example.com';

describe('words for every error code', () => {
  it.each(ERROR_CODES)('%s has a plain title, and a label for its action', (code) => {
    const words = wordsFor({ code, message: 'Said by us.' }, { host });
    expect(words.title).toMatch(/^[A-Za-z].*\.$/);
    for (const text of [words.title, words.hint ?? '']) expect(text).not.toMatch(/!|HOST|undefined/);
    if (words.action === 'none') expect(words.actionLabel).toBeUndefined();
    else expect(words.actionLabel).toMatch(/^[A-Z]/);
  });

  it('says "The server" where the host is not known, and begins with a capital', () => {
    expect(wordsFor({ code: 'unauthorised', message: '' }).title).toBe('The server refused the key.');
    expect(wordsFor({ code: 'no-key', message: '' }).title).toBe('No API key is stored for the server.');
  });

  it('leads to the key, the permission, the model', () => {
    expect(wordsFor({ code: 'unauthorised', message: '' }, { host })).toMatchObject({
      title: `${host} refused the key.`,
      action: 'open-settings',
      actionLabel: 'Check key',
    });
    expect(wordsFor({ code: 'permission', message: '' })).toMatchObject({
      action: 'grant',
      actionLabel: 'Grant access',
    });
    expect(wordsFor({ code: 'model-not-found', message: '' }).action).toBe('choose-model');
  });

  it('tells the wait that the server asked for', () => {
    const hint = (retryAfterMs?: number) =>
      wordsFor({ code: 'rate-limited', message: '', ...(retryAfterMs ? { retryAfterMs } : {}) }).hint;
    expect(hint(7_400)).toContain('8 s');
    expect(hint()).toBe('Wait a moment, then try again.');
  });

  it('names the line that lets a local server answer, and whose billing it is', () => {
    expect(wordsFor({ code: 'origin-refused', message: '' }).hint).toContain(
      'OLLAMA_ORIGINS=chrome-extension://*',
    );
    expect(wordsFor({ code: 'quota', message: '' }, { host }).hint).toContain(host);
  });

  it('never makes a headline of what a server said', () => {
    for (const code of ERROR_CODES) {
      const { title, hint } = wordsFor({ code, message: 'CANARY' });
      expect(title).not.toContain('CANARY');
      if (code !== 'bad-url') expect(hint ?? '').not.toContain('CANARY');
    }
  });
});

it.each([
  [1, '1 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
  [121_000, '3 min'],
  [7_200_000, '2 h'],
])('waitWords(%i) rounds up to %s', (ms, words) => {
  expect(waitWords(ms)).toBe(words);
});
