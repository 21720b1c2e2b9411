import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { presets } from '../../lib/providers/presets.ts';
import { expectBaseUrl, permissionPattern } from '../../lib/settings/base-url.ts';
import { expectConnection } from '../../lib/settings/connection.ts';
import { defaultSettings, readSettings } from '../../lib/settings/schema.ts';

describe('base URL', () => {
  it.each([
    ['https://ai.megallm.io/v1', 'https://ai.megallm.io/v1'],
    [' https://api.test/v1/ ', 'https://api.test/v1'],
    ['https://api.test', 'https://api.test'],
    ['https://api.test/', 'https://api.test'],
    ['HTTPS://API.TEST/v1', 'https://api.test/v1'],
    ['https://api.test:8443/v1//', 'https://api.test:8443/v1'],
    ['https://api.test/v1/chat/completions', 'https://api.test/v1'],
    ['https://api.test/v1/models/', 'https://api.test/v1'],
    ['https://bücher.test/v1', 'https://xn--bcher-kva.test/v1'],
    ['https://xn--bcher-kva.test', 'https://xn--bcher-kva.test'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['http://LOCALHOST/v1', 'http://localhost/v1'],
    ['http://0x7f.1/v1', 'http://127.0.0.1/v1'],
    ['https://api.test/a%20b', 'https://api.test/a%20b'],
    ['https://api.test./v1', 'https://api.test./v1'],
    ['https://192.168.1.5/v1', 'https://192.168.1.5/v1'],
  ])('%s becomes %s', (input, url) => expect(expectBaseUrl(input)).toBe(url));

  it.each([
    '',
    '   ',
    'api.test/v1',
    'ftp://api.test',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    'chrome-extension://abc/x',
    'https:/api.test',
    'https:api.test',
    'https://',
    'https:///v1',
    'https:\\\\api.test',
    'https://api.test\\@evil.test',
    'http://api.test/v1',
    'http://192.168.1.5:11434/v1',
    'http://10.0.0.1/v1',
    'http://127.0.0.1.evil.test/v1',
    'http://localhost.evil.test/v1',
    'http://evil.test#localhost',
    'http://[::1]:8080/v1',
    'http://[::ffff:127.0.0.1]/v1',
    'http://127.0.0.2/v1',
    'http://0/v1',
    'https://user@api.test/v1',
    'https://user:pass@api.test/v1',
    'https://good.test@evil.test/v1',
    'https://api.test/v1?key=1',
    'https://api.test/v1#x',
    'https://api .test/v1',
    'https://api.test/v1\thttps://evil.test',
    'https://api.test/v\n1',
    'https://api.test:99999/v1',
    'https://[::1',
    'https://a..b/ /x',
    'wss://api.test/v1',
    'blob:https://api.test/x',
    '//api.test/v1',
    '/v1',
    'https//api.test',
  ])('refuses %j', (input) => {
    expect(() => expectBaseUrl(input)).toThrow(StreamError);
    expect(() => expectBaseUrl(input)).toThrow(expect.objectContaining({ code: 'bad-url' }));
  });

  it.each(presets.map(({ baseUrl }) => baseUrl))('%s, a preset, is its own normal form', (url) =>
    expect(expectBaseUrl(url)).toBe(url),
  );

  it('needs a permission for its host alone', () => {
    expect(permissionPattern('https://api.test:8443/v1')).toBe('https://api.test/*');
    expect(permissionPattern('http://127.0.0.1:8080/v1')).toBe('http://127.0.0.1/*');
  });
});

describe('stored settings', () => {
  it.each([[undefined], [null], ['x'], [42], [{}]])('%o gives the defaults', (stored) =>
    expect(readSettings(stored)).toEqual(defaultSettings),
  );
  it('keeps every field that fits beside one that does not', () => {
    const stored = { ...defaultSettings, model: 'm', targetLanguage: 7, timeouts: 'none', surplus: true };
    expect(readSettings(stored)).toEqual({ ...defaultSettings, model: 'm' });
  });
});

describe('connection', () => {
  const sources = (more: Partial<Parameters<typeof expectConnection>[0]> = {}) => ({
    settings: async () => ({ ...defaultSettings, model: 'm' }),
    findKey: async (origin: string) => (origin === 'https://ai.megallm.io' ? 'k' : undefined),
    hasPermission: async () => true,
    needsKey: () => true,
    ...more,
  });
  const other = async () => ({ ...defaultSettings, model: 'm', baseUrl: 'https://other.test/v1' });

  it('has what a request needs', async () => {
    expect(await expectConnection(sources())).toMatchObject({ key: 'k', model: 'm' });
  });
  it.each([
    ['no-key', sources({ settings: other })],
    ['permission', sources({ hasPermission: async () => false })],
    ['model-not-found', sources({ settings: async () => defaultSettings })],
    ['bad-url', sources({ settings: async () => ({ ...defaultSettings, baseUrl: 'http://evil.test' }) })],
  ])('says %s', async (code, given) => {
    await expect(expectConnection(given)).rejects.toMatchObject({ code });
  });
  it('works without a key where the server wants none', async () => {
    const given = sources({ settings: other, needsKey: () => false });
    expect((await expectConnection(given)).key).toBeUndefined();
  });
});
