// A translation of any text that can be told from its source and back: every word turned round, marks and white space kept.

/** `See <1>the rill</1>.` becomes `eeS <1>eht llir</1>.` */
export function mirror(text: string): string {
  return text.replace(/<\/?\d+\/?>|[\p{L}\p{N}]+/gu, (found) =>
    found.startsWith('<') ? found : [...found].reverse().join(''),
  );
}

/** `<1>a</1> and <2>b</2>` becomes `<2>b</2> and <1>a</1>`, as where the other language has another order. */
export function changePlaces(text: string): string {
  return text.replace(/(<(\d+)>[^<]*<\/\2>)([^<]*)(<(\d+)>[^<]*<\/\5>)/g, '$4$3$1');
}
