// The files under tests/fixtures/demo.
import { readFileSync } from 'node:fs';

export function readFixture(path: string): string {
  return readFileSync(new URL(`../fixtures/demo/${path}`, import.meta.url), 'utf8');
}

/** Every block text of the demo page (inline marks numbered) with its translations by language tag. */
export const translations = JSON.parse(readFixture('translations.json')) as Record<
  string,
  Record<string, string>
>;
