// The variables of a prompt, `{{name}}`: what they are called, and the text with their values.

const VARIABLE = /\{\{\s*([\p{L}\p{N}_][\p{L}\p{N}_ -]{0,38})\s*\}\}/gu;

const nameOf = (name: string) => name.trim().toLowerCase();

/** The names of the variables, in lower case, each once, in their order. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => nameOf(name)))];
}

export interface FilledPrompt {
  text: string;
  /** Where the reader goes on writing: at the first variable that is left empty, else at the end. */
  caret: number;
}

/** The text with every variable replaced by its value, or by nothing where it has none. */
export function fillPrompt(text: string, values: Readonly<Record<string, string>>): FilledPrompt {
  let filled = '';
  let caret: number | undefined;
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    filled += text.slice(end, match.index);
    end = match.index + match[0].length;
    const name = nameOf(match[1] ?? '');
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) caret ??= filled.length;
    filled += value ?? '';
  }
  filled += text.slice(end);
  const isAtEnd = caret === undefined || caret >= filled.trimEnd().length;
  // Where the reader goes on at the end, the line that leads there stays; nothing else is worth white space.
  const trimmed = caret === undefined ? filled.trimEnd() : filled;
  return { text: trimmed, caret: isAtEnd ? trimmed.length : (caret ?? trimmed.length) };
}
