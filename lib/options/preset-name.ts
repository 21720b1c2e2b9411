import type { Preset } from '../providers/presets.ts';
import { say } from '../words/say.ts';

/** What a known provider is called on the page. */
export function presetName({ name, words }: Preset): string {
  return words ? say(words, name) : name;
}
