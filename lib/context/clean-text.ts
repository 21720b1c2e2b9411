// Characters that no reader sees and a model still reads: a page can hide words in them.

const SOFT_HYPHEN = '\u00ad';
/** Zero-width and bidirectional controls, variation selectors of the supplement, and the tag characters that spell invisible ASCII. The joiners stay: Persian, Hindi and emoji need them. */
const UNSEEN =
  /[\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e01ef}]|[\u{f0000}-\u{10ffff}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** The text without them, with plain line ends, and with no more than one blank line in a row. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(UNSEEN, '')
    .replaceAll(CONTROLS, '')
    .replaceAll(SOFT_HYPHEN, '')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
