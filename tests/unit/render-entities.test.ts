import { expect, test } from 'vitest';
import { decodeEntities } from '../../lib/render/entities.ts';

test.each([
  ['a & b', 'a & b'],
  ['a &amp; b', 'a & b'],
  ['&amp;lt;', '&lt;'],
  ['&lt;script&gt;', '<script>'],
  ['&#65;&#x42;&#X43;', 'ABC'],
  ['&#128512;', '😀'],
  ['&#0;&#xD800;&#x110000;', '\ufffd\ufffd\ufffd'],
  ['&#12345678;', '&#12345678;'],
  ['&nosuch; &constructor; &__proto__;', '&nosuch; &constructor; &__proto__;'],
  ['&amp', '&amp'],
  ['&copy;2024&hellip;', '©2024…'],
])('reads %j as %j', (text, decoded) => {
  expect(decodeEntities(text)).toBe(decoded);
});
