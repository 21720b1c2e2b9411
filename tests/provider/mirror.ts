// A translation of any text that can be told from its source and back: every word turned round, marks and white space kept.

/** `See <1>the rill</1>.` becomes `eeS <1>eht llir</1>.` */
export function mirror(text: string): string {
  return text.replace(/<\/?\d+\/?>|[\p{L}\p{N}]+/gu, (found) =>
    found.startsWith('<') ? found : [...found].reverse().join(''),
  );
}
