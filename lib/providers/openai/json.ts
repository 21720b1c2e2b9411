// Reading JSON that a server sent: nothing in it can be relied on, so every step is a question.
import type { JsonObject, JsonValue } from '../../engine/types.ts';

export function findObject(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

export function findArray(value: JsonValue | undefined): JsonValue[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** A string that is not empty. */
export function findText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function findNumber(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The value of a JSON text; undefined where it is none. */
export function findJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The values of a text of JSON lines: those before the first line that is none, and that line. `[DONE]` and empty lines are skipped. */
export function readJsonLines(text: string): { values: JsonValue[]; bad?: string; last: boolean } {
  const lines = text
    .split(/\r?\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '[DONE]');
  const values: JsonValue[] = [];
  for (const [position, line] of lines.entries()) {
    const value = findJson(line);
    if (value === undefined) return { values, bad: line, last: position === lines.length - 1 };
    values.push(value);
  }
  return { values, last: true };
}
