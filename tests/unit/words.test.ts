import { afterEach, describe, expect, it, vi } from 'vitest';
import { ERROR_CODES, STORE_CLOSED, STORE_WORDS } from '../../lib/engine/errors.ts';
import { writeDate, writeNumber } from '../../lib/words/formats.ts';
import { sayStoreProblem } from '../../lib/words/storage.ts';
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

describe('in another language', () => {
  afterEach(() => void vi.unstubAllGlobals());
  const speak = (language: string) =>
    vi.stubGlobal('chrome', {
      i18n: {
        getMessage: (name: string, values: string[] = []) =>
          name === 'language' ? language : [name, ...values].join(' '),
      },
    });

  it('says why the history is not stored, and leaves the browser its words', () => {
    speak('de');
    expect(sayStoreProblem(STORE_WORDS.full)).toBe('storeFull');
    expect(sayStoreProblem(STORE_WORDS.newer)).toBe('storeNewer');
    expect(sayStoreProblem(STORE_WORDS.held)).toBe('storeHeld');
    expect(sayStoreProblem(`${STORE_CLOSED.before}no such file${STORE_CLOSED.behind}`)).toBe(
      'storeClosed no such file',
    );
    expect(sayStoreProblem('No space left on device')).toBe('No space left on device');
  });

  it('writes numbers and dates as that language does', () => {
    speak('de');
    expect(writeNumber(1234.5)).toBe('1.234,5');
    expect(writeNumber(0.42, { minimumFractionDigits: 2 })).toBe('0,42');
    expect(writeDate(Date.UTC(2026, 4, 3), { month: 'long', timeZone: 'UTC' })).toBe('Mai');
    speak('fr');
    expect(writeDate(Date.UTC(2026, 4, 3), { month: 'long', timeZone: 'UTC' })).toBe('mai');
  });
});
