import { expect, test } from 'vitest';
import { findImageSource, findSafeLink, showsHost } from '../../lib/render/links.ts';

const refused = [
  '',
  ' ',
  '#',
  '#anchor',
  '/path',
  'path/page.html',
  './x',
  '../x',
  '?q=1',
  '//evil.example',
  '\\\\evil.example',
  '/\\evil.example',
  'example.com',
  'www.example.com',
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  '\u0000javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'java\r\nscript:alert(1)',
  'j\u200bavascript:alert(1)',
  'javascript\t:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  '&#106;avascript:alert(1)',
  'javascript%3Aalert(1)',
  'javascript://example.com/%0aalert(1)',
  'javascript:https://example.com',
  'vbscript:msgbox(1)',
  'livescript:x',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'DATA:image/svg+xml,<svg onload=alert(1)>',
  'blob:https://example.com/6c0c',
  'file:///etc/passwd',
  'file://server/share',
  'filesystem:https://example.com/x',
  'chrome-extension://abcdef/options.html',
  'moz-extension://abcdef/options.html',
  'chrome://settings',
  'about:blank',
  'view-source:https://example.com',
  'ftp://example.com',
  'ws://example.com',
  'wss://example.com',
  'tel:+123456',
  'sms:+123456',
  'intent://scan/#Intent;end',
  'ms-settings:privacy',
  'steam://run/1',
  'xmpp:a@b.example',
  'urn:isbn:1',
  'https',
  'https:',
  'https://',
  'http://:80',
  'https://exa mple.com',
  'https://[::1',
  'https://example.com:99999',
  'https://%00.example',
  'mailto:',
  'mailto:nobody',
  `https://example.com/${'a'.repeat(5000)}`,
];

const allowed: readonly [href: string, host: string, opened: string][] = [
  ['https://example.com', 'example.com', 'https://example.com/'],
  ['http://example.com/a?b=1#c', 'example.com', 'http://example.com/a?b=1#c'],
  ['HTTPS://EXAMPLE.com', 'example.com', 'https://example.com/'],
  ['  https://example.com  ', 'example.com', 'https://example.com/'],
  ['\u0000https://example.com', 'example.com', 'https://example.com/'],
  ['ht\ntps://example.com', 'example.com', 'https://example.com/'],
  ['https://example.com\n', 'example.com', 'https://example.com/'],
  ['https:example.com', 'example.com', 'https://example.com/'],
  ['https:/example.com', 'example.com', 'https://example.com/'],
  ['https:\\\\example.com\\x', 'example.com', 'https://example.com/x'],
  ['https://example.com:8443/x', 'example.com:8443', 'https://example.com:8443/x'],
  ['https://good.example@evil.example', 'evil.example', 'https://evil.example/'],
  ['https://good.example:pw@evil.example/x', 'evil.example', 'https://evil.example/x'],
  ['https://good.example%2f@evil.example', 'evil.example', 'https://evil.example/'],
  ['https://good.example\\@evil.example', 'good.example', 'https://good.example/@evil.example'],
  ['https://good.example#@evil.example', 'good.example', 'https://good.example/#@evil.example'],
  ['https://evil\u3002example', 'evil.example', 'https://evil.example/'],
  ['https://evil\uff0eexample', 'evil.example', 'https://evil.example/'],
  ['https://ex\u200bample.com', 'example.com', 'https://example.com/'],
  ['https://\u202emoc.elpmaxe', 'moc.elpmaxe', 'https://moc.elpmaxe/'],
  ['https://\u0430pple.com', 'xn--pple-43d.com', 'https://xn--pple-43d.com/'],
  ['https://bücher.example', 'xn--bcher-kva.example', 'https://xn--bcher-kva.example/'],
  ['https://e%78ample.com', 'example.com', 'https://example.com/'],
  ['https://2130706433', '127.0.0.1', 'https://127.0.0.1/'],
  ['https://0x7f.1', '127.0.0.1', 'https://127.0.0.1/'],
  ['http://[::1]:3000/', '[::1]:3000', 'http://[::1]:3000/'],
  ['https://example.com/?u=javascript:alert(1)', 'example.com', 'https://example.com/?u=javascript:alert(1)'],
  ['mailto:me@example.com', 'me@example.com', 'mailto:me@example.com'],
  ['MAILTO:me@example.com?subject=x', 'me@example.com', 'mailto:me@example.com?subject=x'],
];

test.each(refused)('does not link to %j', (href) => {
  expect(findSafeLink(href)).toBeUndefined();
});

test.each(allowed)('links %j as %s', (href, host, opened) => {
  expect(findSafeLink(href)).toEqual({ href: opened, host });
});

test.each([
  ['https://example.com/a', 'https://example.com', true],
  ['example.com', 'https://example.com/path', true],
  ['EXAMPLE.com/path', 'https://example.com/path', true],
  ['example.com', 'https://www.example.com', true],
  ['me@example.com', 'mailto:me@example.com', true],
  ['the docs', 'https://example.com', false],
  ['good.example', 'https://evil.example', false],
  ['evil.example.good.example', 'https://evil.example', false],
  ['https://good.example@evil.example', 'https://good.example@evil.example', false],
  ['evil.example@good.example', 'https://evil.example', false],
  ['notevil.example', 'https://evil.example', false],
  ['example.com:8080', 'https://example.com', false],
  ['www.example.com', 'https://example.com', false],
  ['\u0430pple.com', 'https://\u0430pple.com', false],
  ['write to me', 'mailto:me@example.com', false],
  ['other@example.com', 'mailto:me@example.com', false],
])('text %j on %j names its host: %s', (text, href, shown) => {
  const link = findSafeLink(href);
  if (link === undefined) throw new Error(`not a link: ${href}`);
  expect(showsHost(text, link)).toBe(shown);
});

test.each([
  ['https://img.example:1/x.png?leak=1', 'img.example:1'],
  ['data:image/png;base64,AAAA', 'data'],
  ['x.png', undefined],
])('an image at %j is said to be from %s', (href, source) => {
  expect(findImageSource(href)).toBe(source);
});
