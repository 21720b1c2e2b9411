// Several saved providers: the one in use is spelled out in the settings, as it was when there was only one.
import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { Choices } from '../../lib/jobs/choices.ts';
import { expectConnection } from '../../lib/settings/connection.ts';
import type { Choice, Provider } from '../../lib/settings/provider.ts';
import {
  askedBy,
  findProvider,
  providerName,
  providersOf,
  withCurrent,
  withFavourite,
  withoutProvider,
  withSaved,
} from '../../lib/settings/providers.ts';
import { defaultSettings, readSettings, type Settings } from '../../lib/settings/schema.ts';

const provider = (letter: string, more: Partial<Provider> = {}): Provider => ({
  preset: 'custom',
  baseUrl: `https://${letter}.test/v1`,
  model: `${letter}-model`,
  name: '',
  favourites: [],
  ...more,
});
const A = provider('a', { name: 'First' });
const B = provider('b');
const C = provider('c', { favourites: ['c-large'] });
const SETTINGS: Settings = { ...defaultSettings, ...A, others: [B, C] };
const choose = (from: Provider, model: string): Choice => ({
  at: { baseUrl: from.baseUrl, model },
  params: {},
});

describe('settings with several providers', () => {
  it('what was stored of one provider is one provider', () => {
    const { name: _, favourites: __, others: ___, fallback: ____, ...old } = defaultSettings;
    const settings = readSettings({ ...old, preset: 'groq', baseUrl: 'https://g.test/v1', model: 'm' });
    expect(providersOf(settings)).toEqual([
      { preset: 'groq', baseUrl: 'https://g.test/v1', model: 'm', name: '', favourites: [] },
    ]);
    expect(settings.fallback).toBeNull();
  });
  it('a damaged list of providers loses no other setting', () => {
    const settings = readSettings({ ...SETTINGS, others: [{ baseUrl: 7 }] });
    expect(settings).toEqual({ ...SETTINGS, others: [] });
  });
  it('another one is used, and the one before keeps its place', () => {
    const next = withCurrent(SETTINGS, C.baseUrl);
    expect(providersOf(next)).toEqual([C, B, A]);
    expect(withCurrent(next, A.baseUrl)).toEqual(SETTINGS);
    expect(withCurrent(SETTINGS, B.baseUrl, 'x')).toMatchObject({ baseUrl: B.baseUrl, model: 'x' });
    expect(withCurrent(SETTINGS, A.baseUrl, 'x')).toEqual({ ...SETTINGS, model: 'x' });
    for (const [url, model] of [
      ['https://unknown.test/v1', 'x'],
      [A.baseUrl, undefined],
      [A.baseUrl, A.model],
    ] as const)
      expect(withCurrent(SETTINGS, url, model)).toBe(SETTINGS);
  });
  it('is saved in place of the one in use, or as one more', () => {
    const typed = { preset: 'custom', baseUrl: 'https://d.test/v1', model: 'd' };
    expect(providersOf(withSaved(SETTINGS, typed, false))).toEqual([
      { ...typed, name: '', favourites: [] },
      B,
      C,
    ]);
    expect(providersOf(withSaved(SETTINGS, typed, true))).toEqual([
      { ...typed, name: '', favourites: [] },
      A,
      B,
      C,
    ]);
    const port = { ...typed, baseUrl: 'https://a.test:8443/v1' };
    expect(withSaved(SETTINGS, port, false)).toMatchObject({ name: 'First', others: [B, C] });
    expect(withSaved(SETTINGS, port, true)).toMatchObject({ name: '', others: [A, B, C] });
    // What is saved already is not saved twice.
    const known = { preset: 'custom', baseUrl: C.baseUrl, model: 'new' };
    expect(providersOf(withSaved(SETTINGS, known, true))).toEqual([{ ...C, model: 'new' }, A, B]);
    expect(providersOf(withSaved(SETTINGS, known, false))).toEqual([{ ...C, model: 'new' }, B]);
    const many = Array.from({ length: 19 }, (_, index) => provider(`p${index}`));
    expect(withSaved({ ...SETTINGS, others: many }, typed, true).others).toHaveLength(19);
  });
  it('one is removed, but never the last', () => {
    expect(providersOf(withoutProvider(SETTINGS, B.baseUrl))).toEqual([A, C]);
    expect(providersOf(withoutProvider(SETTINGS, A.baseUrl))).toEqual([B, C]);
    expect(withoutProvider({ ...SETTINGS, others: [] }, A.baseUrl)).toEqual({ ...SETTINGS, others: [] });
    const fallback = { baseUrl: B.baseUrl, model: 'x' };
    expect(withoutProvider({ ...SETTINGS, fallback }, B.baseUrl).fallback).toBeNull();
    expect(withoutProvider({ ...SETTINGS, fallback }, C.baseUrl).fallback).toEqual(fallback);
  });
  it('models get a star and lose it', () => {
    const one = withFavourite(SETTINGS, { baseUrl: A.baseUrl, model: 'x' }, true);
    expect(findProvider(one, A.baseUrl)?.favourites).toEqual(['x']);
    expect(withFavourite(one, { baseUrl: A.baseUrl, model: 'x' }, true)).toBe(one);
    expect(withFavourite(one, { baseUrl: A.baseUrl, model: 'x' }, false)).toEqual(SETTINGS);
    const two = withFavourite(SETTINGS, { baseUrl: C.baseUrl, model: 'y' }, true);
    expect(findProvider(two, C.baseUrl)?.favourites).toEqual(['c-large', 'y']);
    expect(withFavourite(SETTINGS, { baseUrl: 'https://unknown.test', model: 'y' }, true)).toBe(SETTINGS);
  });
  it('is called by its name, or by its server', () => {
    expect([A, B].map(providerName)).toEqual(['First', 'b.test']);
  });
});

describe('a conversation', () => {
  it('asks what it chose, and what is in use where it chose nothing or its provider is gone', () => {
    expect(askedBy(SETTINGS, undefined)).toMatchObject({ baseUrl: A.baseUrl, model: 'a-model' });
    expect(askedBy(SETTINGS, choose(B, 'x'))).toMatchObject({ baseUrl: B.baseUrl, model: 'x' });
    expect(askedBy(SETTINGS, choose(provider('gone'), 'x'))).toMatchObject({
      baseUrl: A.baseUrl,
      model: 'a-model',
    });
    const params = { temperature: 0.2 };
    expect(askedBy(SETTINGS, { at: null, params })).toMatchObject({ model: 'a-model', params });
  });

  it('has its choice kept until it has a row, and then in it', async () => {
    const rows = new Map<string, Choice>();
    const stored = new Set<string>();
    let session: unknown;
    const choices = new Choices({
      ledger: {
        findChoice: async (id) => rows.get(id),
        choose: async (id, choice) => stored.has(id) && rows.set(id, choice) !== undefined,
      },
      read: async () => session,
      write: async (early) => {
        session = structuredClone(early);
      },
    });
    await choices.set('c1', choose(A, 'x'));
    await choices.set('c1', choose(A, 'y'));
    expect(await choices.find('c1')).toEqual(choose(A, 'y'));
    expect(await choices.find('c2')).toBeUndefined();
    expect(rows.size).toBe(0);
    stored.add('c1');
    await choices.settle('c1');
    expect(session).toEqual([]);
    expect(await choices.find('c1')).toEqual(choose(A, 'y'));
    await choices.set('c1', choose(B, 'z'));
    expect(rows.get('c1')).toEqual(choose(B, 'z'));
  });
});

describe('the connection of a conversation', () => {
  const keys: Record<string, string> = { 'https://a.test': 'key-a', 'https://b.test': 'key-b' };
  const sources = (settings: Partial<Settings> = {}) => ({
    settings: async () => ({ ...SETTINGS, ...settings }),
    findKey: async (origin: string) => keys[origin],
    hasPermission: async () => true,
    needsKey: ({ baseUrl }: { baseUrl: string }) => baseUrl !== 'https://c.test/v1',
  });

  it('has the key of its own server and no other', async () => {
    const a = await expectConnection(sources());
    const b = await expectConnection(sources(), { ...choose(B, 'x'), params: { effort: 'low' } });
    const c = await expectConnection(sources(), choose(C, 'y'));
    expect(a).toMatchObject({ baseUrl: A.baseUrl, key: 'key-a', model: 'a-model', params: {} });
    expect(b).toMatchObject({ baseUrl: B.baseUrl, key: 'key-b', model: 'x', params: { effort: 'low' } });
    expect(c).toMatchObject({ baseUrl: C.baseUrl, key: undefined, model: 'y' });
    const noKey = { ...sources(), findKey: async () => undefined };
    await expect(expectConnection(noKey, choose(B, 'x'))).rejects.toMatchObject({ code: 'no-key' });
  });

  it('names the fall-back only where that can be asked, and is another model', async () => {
    const fallback = { baseUrl: B.baseUrl, model: 'spare' };
    expect((await expectConnection(sources({ fallback }))).fallback).toEqual({ ...fallback, key: 'key-b' });
    expect(await expectConnection(sources({ fallback }), choose(B, 'spare'))).not.toHaveProperty('fallback');
    expect((await expectConnection(sources({ fallback }), choose(B, 'x'))).fallback?.model).toBe('spare');
    for (const wrong of [
      { baseUrl: 'https://gone.test/v1', model: 'x' },
      { baseUrl: B.baseUrl, model: '' },
    ])
      expect(await expectConnection(sources({ fallback: wrong }))).not.toHaveProperty('fallback');
    const noKey = {
      ...sources({ fallback }),
      findKey: async (o: string) => (o === 'https://a.test' ? 'k' : undefined),
    };
    expect(await expectConnection(noKey)).not.toHaveProperty('fallback');
    const refused = { ...sources(), hasPermission: async () => false };
    await expect(expectConnection(refused)).rejects.toBeInstanceOf(StreamError);
  });
});
