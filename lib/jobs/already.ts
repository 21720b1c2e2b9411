// Which texts need no translation, because they are in the wanted language already.

/** By text, marks and all, whether it surely is in the language of that BCP 47 tag. */
export async function findAlready(
  texts: readonly string[],
  tag: string,
  detectLanguage: (text: string) => Promise<string | undefined>,
): Promise<boolean[]> {
  const found = await Promise.all(
    texts.map((text) => detectLanguage(withoutMarks(text)).catch(() => undefined)),
  );
  return found.map((detected) => detected !== undefined && isSame(detected, tag));
}

function withoutMarks(text: string): string {
  return text.replace(/<\/?\d{1,4}\/?>/g, ' ');
}

/** Both are the same language, whatever the country; scripts matter. */
function isSame(found: string, wanted: string): boolean {
  try {
    const [a, b] = [new Intl.Locale(found).maximize(), new Intl.Locale(wanted).maximize()];
    return a.language === b.language && a.script === b.script;
  } catch {
    return false;
  }
}
