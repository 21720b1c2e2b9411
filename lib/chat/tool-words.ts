// What a tool call says in short, and how much of it is shown. The arguments are a model's words: text, never more.

/** Longer ones are cut on screen; they are copied whole. */
const MAX_SHOWN = 20_000;
const MAX_SHORT = 120;
const MAX_VALUE = 40;

/** One line: `city: Berlin, days: 3`; where the text is no JSON object (yet), its beginning. */
export function shortArguments(text: string): string {
  const line = (findPairs(text) ?? text).replace(/\s+/g, ' ').trim();
  return cut(line, MAX_SHORT);
}

/** Indented where it is JSON, else as it came; at most 20,000 characters, and how many are left out. */
export function shownArguments(text: string): { text: string; hidden: number } {
  const whole = text.length <= MAX_SHOWN ? indented(text) : text;
  return { text: whole.slice(0, MAX_SHOWN), hidden: Math.max(0, whole.length - MAX_SHOWN) };
}

function findPairs(text: string): string | undefined {
  if (text.length > MAX_SHOWN) return undefined;
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value)
    .map(
      ([name, given]) =>
        `${name}: ${cut(typeof given === 'string' ? given : JSON.stringify(given), MAX_VALUE)}`,
    )
    .join(', ');
}

function indented(text: string): string {
  const value = parse(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
