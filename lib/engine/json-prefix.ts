// JSON that is still being written: the value of a text's beginning, without what is half said.
import type { JsonValue } from './types.ts';

/**
 * The value that `text` begins with, as far as it has come: objects and arrays hold what is in them so far, a string may still grow, a
 * number or a key appears when it is complete, `tr` is true already. What follows the value is not looked at; undefined where nothing
 * is known yet. Goes as deep as the text does: the caller holds it to a depth. Objects may have a key `__proto__` of their own.
 * @throws SyntaxError where no JSON begins like this
 */
export function readJsonPrefix(text: string): JsonValue | undefined {
  return new PrefixReader(text).value();
}

const WORDS: readonly [string, JsonValue][] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class PrefixReader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(): JsonValue | undefined {
    const next = this.next();
    if (next === undefined) return undefined;
    if (next === '{') return this.object();
    if (next === '[') return this.array();
    return next === '"' ? this.string().value : this.scalar();
  }

  private object(): JsonValue {
    const entries: [string, JsonValue][] = [];
    this.at++;
    for (let next = this.next(); next !== undefined && next !== '}'; next = this.behind('}')) {
      if (next !== '"') this.fail();
      const key = this.string();
      if (!key.isWhole || !this.take(':')) break;
      const value = this.value();
      if (value === undefined) break;
      entries.push([key.value, value]);
    }
    this.at++;
    // Not by assignment, which would take a key `__proto__` for something else.
    return Object.fromEntries(entries);
  }

  private array(): JsonValue {
    const items: JsonValue[] = [];
    this.at++;
    for (let next = this.next(); next !== undefined && next !== ']'; next = this.behind(']')) {
      const value = this.value();
      if (value === undefined) break;
      items.push(value);
    }
    this.at++;
    return items;
  }

  private string(): { value: string; isWhole: boolean } {
    const start = this.at++;
    let lastEscape = -1;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at];
      if (char === '"') return { value: JSON.parse(this.text.slice(start, ++this.at)), isWhole: true };
      if (char !== '\\') continue;
      lastEscape = this.at;
      this.at++;
    }
    // An escape of which the end is missing is left out.
    const half = lastEscape !== -1 && /^\\(?:u[\da-f]{0,3})?$/i.test(this.text.slice(lastEscape));
    const known = this.text.slice(start, half ? lastEscape : this.text.length);
    return { value: JSON.parse(`${known}"`), isWhole: false };
  }

  /** A number counts when something stands behind it: half of one is another number. */
  private scalar(): JsonValue | undefined {
    const rest = /^[-+.\w]*/.exec(this.text.slice(this.at, this.at + LONGEST))?.[0] ?? '';
    if (rest === '') this.fail();
    const isAtEnd = this.at + rest.length === this.text.length;
    const word = WORDS.find(([name]) => (isAtEnd ? name.startsWith(rest) : name === rest));
    this.at += rest.length;
    if (word) return word[1];
    if (isAtEnd) return undefined;
    // Some servers write what JSON has no word for.
    if (/^-?(?:NaN|Infinity)$/.test(rest)) return null;
    return JSON.parse(rest) as JsonValue;
  }

  /** The next sign behind an entry and its comma: that of another entry, `close`, or undefined at the end. */
  private behind(close: string): string | undefined {
    const next = this.next();
    if (next === undefined || next === close) return next;
    if (next !== ',') this.fail();
    this.at++;
    return this.next();
  }

  private take(sign: string): boolean {
    const next = this.next();
    if (next === undefined) return false;
    if (next !== sign) this.fail();
    this.at++;
    return true;
  }

  /** The next sign that is no white space; undefined at the end. */
  private next(): string | undefined {
    while (' \t\n\r'.includes(this.text[this.at] ?? '-')) this.at++;
    return this.text[this.at];
  }

  private fail(): never {
    throw new SyntaxError(`not JSON at character ${this.at}`);
  }
}

/** No number that means something is longer; a text of digits is not cut out again and again. */
const LONGEST = 400;
