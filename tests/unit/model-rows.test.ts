import { describe, expect, it } from 'vitest';
import type { ModelsByProvider } from '../../lib/chat/model-lists.ts';
import { factsOf, groupModels } from '../../lib/chat/model-rows.ts';
import { defaultSettings, type Settings } from '../../lib/settings/schema.ts';

const A = 'https://a.test/v1';
const B = 'https://b.test/v1';
const settings: Settings = {
  ...defaultSettings,
  baseUrl: A,
  model: 'own',
  name: 'Zeta',
  favourites: ['star', 'gone'],
  others: [{ preset: 'custom', baseUrl: B, model: '', name: 'Alpha', favourites: ['two'] }],
};
const lists: ModelsByProvider = new Map(
  [[A, ['star', 'Étoile-1', 'shared']] as const, [B, ['shared', 'two']] as const].map(([url, ids]) => [
    url,
    { isLoading: false, trouble: null, models: ids.map((id) => ({ id })) },
  ]),
);
const shown = (query: string) =>
  groupModels(settings, lists, query).map(({ name, rows }) => [
    name,
    rows.map(({ model, provider }) => `${model.id} ${provider}`),
  ]);

describe('the list of models', () => {
  it('has favourites first, then each provider by name, with what only we know of', () => {
    expect(shown('')).toEqual([
      ['Favourites', ['two Alpha', 'gone Zeta', 'star Zeta']],
      ['Alpha', ['shared Alpha']],
      ['Zeta', ['own Zeta', 'Étoile-1 Zeta', 'shared Zeta']],
    ]);
  });
  it('finds by all words, in names and providers, without case and accents', () => {
    expect(shown('ETOILE')).toEqual([
      ['Zeta', ['Étoile-1 Zeta']],
      ['As typed', ['ETOILE Alpha', 'ETOILE Zeta']],
    ]);
    expect(shown('zeta sha')[0]).toEqual(['Zeta', ['shared Zeta']]);
    expect(shown('  ')).toEqual(shown(''));
  });
  it('offers what was typed for whoever does not list it', () => {
    expect(shown('two').at(-1)).toEqual(['As typed', ['two Zeta']]);
    expect(shown('shared').some(([name]) => name === 'As typed')).toBe(false);
    expect(shown('x'.repeat(201))).toEqual([]);
  });
  it('is quick with a thousand of each of twenty providers', () => {
    const others = Array.from({ length: 19 }, (_, i) => ({
      ...settings.others[0],
      baseUrl: `https://${i}.test`,
    }));
    const models = Array.from({ length: 1000 }, (_, i) => ({ id: `vendor/model-${i}`, name: `Model ${i}` }));
    const list = { isLoading: false, trouble: null, models };
    const many = { ...settings, others } as Settings;
    const all = new Map([A, ...others.map(({ baseUrl }) => baseUrl)].map((url) => [url, list]));
    const begin = performance.now();
    expect(groupModels(many, all, 'model 99').length).toBeGreaterThan(19);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

it('facts are short, and whole for whoever asks', () => {
  const facts = factsOf({
    id: 'm',
    contextLength: 131_072,
    capabilities: { vision: true, tools: false, reasoning: true },
    price: { input: 0.15, output: 0.6 },
  });
  expect(facts.map(({ short }) => short)).toEqual(['images', 'thinks', '131k', '$0.15 / $0.6']);
  expect(facts[2]?.full).toBe('Up to 131,072 tokens, question and answer together.');
  expect(factsOf({ id: 'm' })).toEqual([]);
  expect(factsOf({ id: 'm', contextLength: 1_048_576, price: { input: 0, output: 0 } })).toMatchObject([
    { short: '1M' },
    { short: 'free' },
  ]);
});
