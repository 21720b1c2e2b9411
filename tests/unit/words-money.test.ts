import { afterEach, expect, test, vi } from 'vitest';
import { writeDollars } from '../../lib/words/money.ts';

afterEach(() => void vi.unstubAllGlobals());

function speak(language: string, direction: string): void {
  const getMessage = (name: string) => ({ language, direction })[name] ?? name;
  vi.stubGlobal('chrome', { i18n: { getMessage } });
}

test('an amount is written as the language does', () => {
  speak('de', 'ltr');
  expect(writeDollars(1.5, {})).toBe('1,50\u00a0$');
});

test('from right to left it keeps its own order', () => {
  speak('ar', 'rtl');
  expect(writeDollars(0.24, { maximumSignificantDigits: 2 })).toMatch(/^\u20660\.24\u00a0US\$\u2069$/);
});
