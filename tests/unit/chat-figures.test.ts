import { afterEach, expect, test, vi } from 'vitest';
import { directionOf } from '../../lib/chat/direction.ts';
import { figuresOf } from '../../lib/chat/figures.ts';
import { missingParts } from '../../lib/chat/missing-parts.ts';
import { hostOf } from '../../lib/chat/readiness.ts';
import { defaultSettings } from '../../lib/settings/schema.ts';

const stats = { chunks: 211, tokens: 512, usageIsReal: true, elapsedMs: 6373, ttftMs: 420, retries: 0 };

test('figures are one line, with a tilde before what is estimated', () => {
  expect(figuresOf(stats).line).toBe('0.42 s · 86 tok/s · 512 tokens · 211 chunks');
  expect(figuresOf({ ...stats, usageIsReal: false }).line).toBe(
    '0.42 s · ~86 tok/s · ~512 tokens · 211 chunks',
  );
  expect(figuresOf({ ...stats, retries: 2 }).line).toContain('2 retries');
});

test('from right to left each figure stands for itself', () => {
  vi.stubGlobal('chrome', {
    i18n: {
      getMessage: (name: string) => (name === 'direction' ? 'rtl' : name === 'language' ? 'ar' : name),
    },
  });
  expect(figuresOf(stats).line.split(' · ')).toHaveLength(4);
  for (const part of figuresOf(stats).line.split(' · ')) expect(part).toMatch(/^\u2068.+\u2069$/);
});
afterEach(() => void vi.unstubAllGlobals());

test('figures are attributes too', () => {
  expect(figuresOf(stats).attributes).toEqual({
    'data-chunks': '211',
    'data-tokens': '512',
    'data-tokens-per-second': '86',
    'data-ttft-ms': '420',
    'data-retries': '0',
    'data-usage': 'real',
  });
});

test('what is not known yet is left out', () => {
  const none = { chunks: 1, tokens: 1, usageIsReal: false, elapsedMs: 0, ttftMs: null, retries: 0 };
  expect(figuresOf(none).line).toBe('~1 token · 1 chunk');
  expect(figuresOf(none).attributes['data-ttft-ms']).toBe('');
});

test('what is missing is named, but no key for a server on this computer', () => {
  const view = { settings: defaultSettings, hasKey: false, hasPermission: false, ready: false };
  expect(missingParts(view)).toEqual(['key', 'model', 'permission']);
  const local = { ...defaultSettings, baseUrl: 'http://localhost:11434/v1', model: 'm' };
  expect(missingParts({ ...view, settings: local })).toEqual(['permission']);
  expect(missingParts({ ...view, ready: true })).toEqual([]);
  expect(hostOf('nonsense')).toBe('');
});

test.each([
  ['ar', 'rtl'],
  ['fa-IR', 'rtl'],
  ['pa-Arab', 'rtl'],
  ['az-Latn', 'ltr'],
  ['es', 'ltr'],
  ['arn', 'ltr'],
])('%s is written %s', (tag, direction) => {
  expect(directionOf(tag)).toBe(direction);
});
