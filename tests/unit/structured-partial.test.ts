import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseJson } from '../../lib/engine/structured-json.ts';
import { createPartialReader } from '../../lib/engine/structured-partial.ts';
import type { JsonValue } from '../../lib/engine/types.ts';

function readPart(...pieces: string[]): JsonValue | undefined {
  const reader = createPartialReader();
  for (const piece of pieces) reader.feed(piece);
  return reader.read();
}

/** Whether `part` is something that `whole` may have looked like on its way. */
function isOnTheWay(part: JsonValue | undefined, whole: JsonValue | undefined): boolean {
  if (part === undefined) return true;
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (Array.isArray(part))
    return Array.isArray(whole) && part.every((item, place) => isOnTheWay(item, whole[place]));
  if (typeof part === 'object' && part !== null) {
    if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return false;
    return Object.keys(part).every((key) => Object.hasOwn(whole, key) && isOnTheWay(part[key], whole[key]));
  }
  return Object.is(part, whole);
}

const json = (roots: 'any' | 'objects') =>
  fc
    .jsonValue({ maxDepth: 4 })
    // JSON has one zero; `__proto__` is left out on purpose.
    .map((value) => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')) as JsonValue)
    .map((value) => (roots === 'objects' ? { value } : value));

describe('the partial value', () => {
  it.each<[string, JsonValue | undefined]>([
    ['', undefined],
    ['  \n', undefined],
    ['{', {}],
    ['{"a', {}],
    ['{"a":', {}],
    ['{"a":"x', { a: 'x' }],
    ['{"a":"x\\', { a: 'x' }],
    ['{"a":"x\\u00', { a: 'x' }],
    ['{"a":"\\ud83d', { a: '' }],
    ['{"a":"\\ud83d\\ude', { a: '' }],
    ['{"a":"\\ud83d\\ude00', { a: '😀' }],
    ['{"a":1', {}],
    ['{"a":1,', { a: 1 }],
    ['{"a":-', {}],
    ['{"a":1e', {}],
    ['[1,2', [1]],
    ['[1,2]', [1, 2]],
    ['[[{"a":[', [[{ a: [] }]]],
    ['{"a":tr', { a: true }],
    ['{"a":nu', { a: null }],
    ['{"a":NaN,', { a: null }],
    ['{"a":{"b":"}"', { a: { b: '}' } }],
    ['```', undefined],
    ['```json\n{"a":"x', { a: 'x' }],
    ['``` \n[tru', [true]],
    ['```json\n{"a":"x"}\n```', { a: 'x' }],
    ['{"a":"x"} and that is [it]', { a: 'x' }],
    ['Here is the list: [1,2]', undefined],
    ['\ufeff{"a":"x"}', { a: 'x' }],
  ])('of %j is %j', (text, expected) => {
    expect(readPart(text)).toEqual(expected);
    expect(readPart(...text)).toEqual(expected);
  });

  it('is on the way to the whole at every cut, and the whole at the end', () => {
    fc.assert(
      fc.property(json('objects'), fc.option(fc.integer({ min: 1, max: 4 })), (value, indent) => {
        const text = JSON.stringify(value, null, indent ?? 0);
        const reader = createPartialReader();
        for (const char of text) {
          reader.feed(char);
          const part = reader.read();
          if (!isOnTheWay(part, value)) throw new Error(`${JSON.stringify(part)} of ${text}`);
        }
        expect(canonicalJson(reader.read() ?? null)).toBe(canonicalJson(value));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever comes', () => {
    const pieces = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('{', '[', '"', '\\', '}', ']', ',', ':', '```', '-', 'e', 'nul')),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        readPart(...parts);
        const reader = createPartialReader();
        for (const part of parts) {
          reader.feed(part);
          reader.read();
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps what it knew when it gets too deep or too long', () => {
    const deep = createPartialReader();
    deep.feed('{"a":"x","b":');
    expect(deep.read()).toEqual({ a: 'x' });
    deep.feed('['.repeat(100_000));
    expect(deep.overflowed).toBe(true);
    expect(deep.read()).toEqual({ a: 'x' });
    const just = createPartialReader();
    just.feed('['.repeat(64));
    expect(just.overflowed).toBe(false);
    const long = createPartialReader();
    long.feed('{"a":"');
    for (let count = 0; count < 16; count++) long.feed('x'.repeat(65_536));
    expect(long.overflowed).toBe(true);
    expect(long.read()).toBeUndefined();
  });

  it('touches no prototype', () => {
    for (const text of [
      '{"__proto__":{"polluted":1},"a":{"__proto__":{"polluted":1}},"constructor":{"prototype":{"polluted":1}}}',
      '{"__proto__":{"polluted":1},"a":{"\\u005f_proto__":{"polluted":1},"b',
    ]) {
      const part = readPart(text) as { [key: string]: JsonValue };
      expect(part['polluted']).toBeUndefined();
      expect((part['a'] as { [key: string]: JsonValue })['polluted']).toBeUndefined();
      expect(Object.hasOwn(part, '__proto__')).toBe(false);
      expect(part['toString']).toBeUndefined();
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('whole JSON', () => {
  it('is read as plain data', () => {
    fc.assert(
      fc.property(json('any'), (value) => {
        const parsed = parseJson(JSON.stringify(value));
        expect(parsed).toEqual({ ok: true, value });
      }),
    );
    const hostile = parseJson('{"__proto__":{"x":1},"n":1e999}');
    expect(hostile).toEqual({ ok: true, value: { n: null } });
    expect(hostile.ok && Object.keys(hostile.value as object)).toEqual(['n']);
  });
  it.each([
    ['{', 'not valid JSON'],
    ['', 'not valid JSON'],
    ['{"a":1} x', 'not valid JSON'],
    ['['.repeat(65), '64 levels'],
    ['['.repeat(100_000), '64 levels'],
    [`"${'x'.repeat(1024 * 1024)}"`, '1 MiB'],
  ])('%.20s is refused', (text, problem) => {
    expect(parseJson(text)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
  });
  it('is the same text for the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        const reversed = Object.fromEntries(Object.entries(fields).reverse());
        expect(canonicalJson(fields as JsonValue)).toBe(canonicalJson(reversed as JsonValue));
        expect(parseJson(canonicalJson(fields as JsonValue)).ok).toBe(true);
      }),
    );
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    );
  });
});
