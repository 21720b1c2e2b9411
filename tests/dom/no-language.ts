// A language that nobody speaks, in which each message is its name and its values: what is still in Latin letters on screen does not come
// from the messages.
import { vi } from 'vitest';

export function speakNoLanguage(): void {
  const getMessage = (name: string, values: string[] = []) =>
    name === 'language' ? 'ja' : `⟦${[name, ...values].join(' ')}⟧`;
  vi.stubGlobal('chrome', { i18n: { getMessage } });
}

/** Every text in an element, and every name and title; keys and code are the same in all languages. */
export function told(element: Element): string[] {
  if (element.matches('kbd, code')) return [];
  const own = [...element.childNodes].flatMap((node) => (node instanceof Text ? [node.data] : []));
  const attributes = ['aria-label', 'title', 'placeholder', 'alt'].map(
    (name) => element.getAttribute(name) ?? '',
  );
  return [...own, ...attributes, ...[...element.children].flatMap(told)].filter(Boolean);
}

/** What of the texts is in Latin letters and no message. `withoutNames` takes out what has the same name everywhere. */
export function leftOver(texts: readonly string[], withoutNames: (text: string) => string): string[] {
  return texts.map((text) => withoutNames(outside(text))).filter((text) => /[a-z]/i.test(text));
}

/** Messages stand in messages as values. */
function outside(text: string): string {
  const outer = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return outer === text ? text : outside(outer);
}
