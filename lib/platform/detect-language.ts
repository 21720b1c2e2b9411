// What the browser itself says about the language of a text; nothing leaves the machine.
import { browser } from './native.ts';

/** Below this many letters a guess is one. */
const MIN_LETTERS = 24;
const MIN_PERCENT = 90;
/** A translation does not wait for a guess. */
const PATIENCE_MS = 150;

/** BCP 47 tag; undefined where the browser is not sure, or cannot tell. */
export async function detectLanguage(text: string): Promise<string | undefined> {
  if ((text.match(/\p{L}/gu)?.length ?? 0) < MIN_LETTERS) return undefined;
  const detected = await Promise.race([browser.i18n.detectLanguage(text), tooLate()]);
  if (!detected) return undefined;
  const { isReliable, languages } = detected;
  const [first] = languages;
  return isReliable && first && first.percentage >= MIN_PERCENT ? first.language : undefined;
}

function tooLate(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
}
