// What pages change of the settings, and what the worker reads of them for pages.
import { expect, it } from 'vitest';
import { expectOffered } from '../../lib/jobs/target-language.ts';
import { createPrices } from '../../lib/settings/prices.ts';
import { defaultSettings, readSettings, type Settings } from '../../lib/settings/schema.ts';
import { findHost, showOn, withRecentLanguage, withSite } from '../../lib/settings/sites.ts';

it.each([
  ['https://news.test:8080/a?b#c', 'news.test'],
  ['https://BÜCHER.test/', 'xn--bcher-kva.test'],
  ['file:///home.html', undefined],
  ['about:blank', undefined],
  ['data:text/html,x', undefined],
  ['not an address', undefined],
  [undefined, undefined],
])('the host of %s is %s', (url, host) => expect(findHost(url)).toBe(host));

it('a site keeps its own way until it is the general one', () => {
  const own = withSite(defaultSettings, 'a.test', 'below');
  expect(own.sites).toEqual({ 'a.test': 'below' });
  expect([showOn(own, 'a.test'), showOn(own, 'b.test'), showOn(own, undefined)]).toEqual([
    'below',
    'in-place',
    'in-place',
  ]);
  expect(withSite(own, 'a.test', 'bubble').sites).toEqual({ 'a.test': 'bubble' });
  expect(withSite(own, 'a.test', 'in-place').sites).toEqual({});
  // The general way has become the site's meanwhile.
  expect(withSite({ ...own, show: 'below' }, 'a.test', 'below').sites).toEqual({});
});

it('what changes nothing is the same object, which is not stored again', () => {
  const own = withSite(defaultSettings, 'a.test', 'below');
  expect(withSite(own, 'a.test', 'below')).toBe(own);
  expect(withSite(own, 'b.test', 'in-place')).toBe(own);
  const recent = withRecentLanguage(own, 'es');
  expect(withRecentLanguage(recent, 'es')).toBe(recent);
});

it('200 sites are kept; the oldest goes first, and what is stored can be read', () => {
  let settings: Settings = defaultSettings;
  for (let i = 0; i < 201; i++) settings = withSite(settings, `s${i}.test`, 'below');
  const hosts = Object.keys(settings.sites);
  expect([hosts.length, hosts[0], hosts.at(-1)]).toEqual([200, 's1.test', 's200.test']);
  expect(readSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  expect(readSettings({ ...settings, sites: { ...settings.sites, 'more.test': 'below' } }).sites).toEqual({});
});

it.each(['constructor', '__proto__', 'toString'])(
  'a host that is called %s is one like any other',
  (host) => {
    expect(showOn(defaultSettings, host)).toBe('in-place');
    expect(showOn(withSite(defaultSettings, host, 'below'), 'other.test')).toBe('in-place');
    expect(withSite(withSite(defaultSettings, host, 'below'), host, 'in-place').sites).toEqual({});
  },
);

it('five languages are remembered, the latest first', () => {
  let settings: Settings = defaultSettings;
  for (const tag of ['es', 'de', 'fr', 'es', 'it', 'pl', 'ja']) settings = withRecentLanguage(settings, tag);
  expect(settings.recentLanguages).toEqual(['ja', 'pl', 'it', 'es', 'fr']);
});

it.each([
  { show: 'sideways' },
  { sites: { 'a.test': 'sideways' } },
  { sites: { [`${'a'.repeat(256)}`]: 'below' } },
  { leftAlone: 'x'.repeat(2001) },
  { showsOriginalOnHover: 'yes' },
  { confirmAbove: -1 },
  { confirmAbove: 1_000_001 },
  { recentLanguages: ['a', 'b'] },
  { recentLanguages: ['es', 'de', 'fr', 'it', 'pl', 'ja'] },
])('%o is read as the default, beside what fits', (bad) => {
  expect(readSettings({ ...defaultSettings, model: 'm', ...bad })).toEqual({
    ...defaultSettings,
    model: 'm',
  });
});

it('a page may ask for what it was offered, and for nothing else', () => {
  expect(expectOffered(undefined, 'tlh', []).tag).toBe('tlh');
  expect(expectOffered('tlh', 'tlh', []).tag).toBe('tlh');
  expect(expectOffered('tlh', 'es', ['tlh']).tag).toBe('tlh');
  expect(expectOffered('pt-br', 'es', []).tag).toBe('pt-BR');
  for (const tag of ['tlh', 'ignore-all-of-this', '--'])
    expect(() => expectOffered(tag, 'es', [])).toThrow(expect.objectContaining({ code: 'bad-request' }));
});

function createStorage() {
  const stored = new Map<string, unknown>();
  return {
    stored,
    read: async (key: string) => stored.get(key),
    write: async (key: string, value: unknown) => void stored.set(key, structuredClone(value)),
  };
}

it('prices are known of every server whose models were read', async () => {
  const storage = createStorage();
  const { keep, find } = createPrices(storage);
  expect(await find('https://a.test/v1', 'm')).toBeUndefined();
  await keep('https://a.test/v1', [
    { id: 'm', price: { input: 1, output: 2 } },
    { id: 'half', price: { input: 1 } },
    { id: 'none' },
  ]);
  expect(await find('https://a.test/v1', 'm')).toEqual({ input: 1, output: 2 });
  for (const model of ['half', 'none', 'other'])
    expect(await find('https://a.test/v1', model)).toBeUndefined();
  expect(await find('https://b.test/v1', 'm')).toBeUndefined();
  await keep('https://b.test/v1', [{ id: 'm', price: { input: 3, output: 4 } }]);
  expect(await find('https://b.test/v1', 'm')).toEqual({ input: 3, output: 4 });
  expect(await find('https://a.test/v1', 'm')).toEqual({ input: 1, output: 2 });
  await keep('https://a.test/v1', []);
  expect(await find('https://a.test/v1', 'm')).toBeUndefined();
});

it('two thousand models are kept, and what makes no sense is none', async () => {
  const storage = createStorage();
  const { keep, find } = createPrices(storage);
  const many = Array.from({ length: 2001 }, (_, i) => ({ id: `m${i}`, price: { input: 1, output: 1 } }));
  await keep('https://a.test/v1', many);
  expect(await find('https://a.test/v1', 'm1999')).toBeDefined();
  expect(await find('https://a.test/v1', 'm2000')).toBeUndefined();
  storage.stored.set('models https://a.test/v1', {
    at: 1,
    models: [{ id: 'm', price: { input: -1, output: 1 } }],
  });
  expect(await find('https://a.test/v1', 'm')).toBeUndefined();
});
