import { expect, test } from 'vitest';
import { translationMessages } from '../../lib/translate/prompt.ts';
import { readFixture, translations } from '../provider/fixtures.ts';
import { foldSpace, listMarks, stripMarks } from '../provider/marks.ts';
import { cutTokens } from '../provider/tokens.ts';
import { findTargetLanguage, translate } from '../provider/translate.ts';

const tags = ['es', 'de', 'ar', 'fr', 'ja'];

const linked = Object.keys(translations).find((source) => source.startsWith('Geographers')) ?? '';

test('every block of the demo page has a translation into every language', () => {
  const page = readFixture('page.html');
  const blocks = [...page.matchAll(/<(h1|h2|p|li|figcaption)\b[^>]*>([\s\S]*?)<\/\1>/g)];
  expect(blocks.length).toBeGreaterThan(17);
  for (const [, , inner = ''] of blocks) {
    const text = foldSpace(inner.replace(/<[^>]+>/g, ''));
    for (const tag of tags) expect(translate(text, tag), text).not.toMatch(/^\[/);
  }
});

test('every translation carries the marks of its source and is not the source', () => {
  for (const [source, byTag] of Object.entries(translations)) {
    expect(Object.keys(byTag)).toEqual(tags);
    const ids = (text: string) =>
      listMarks(text)
        .map((mark) => mark.id)
        .sort();
    for (const text of Object.values(byTag)) {
      expect(ids(text)).toEqual(ids(source));
      expect(text).not.toBe(source);
    }
  }
});

test('marks keep the numbers of the request and go where the language wants them', () => {
  const asked = linked.replaceAll('1>', '7>').replaceAll('2>', '9>');
  expect(translate(asked, 'es')).toContain('<7>surco</7>');
  expect(translate(asked, 'ja')).toMatch(/<9>細流<\/9>.*<7>リル<\/7>/);
  expect(translate(stripMarks(linked), 'de')).not.toContain('<');
});

test('marks that the page does not have are kept all the same', () => {
  const heading = translate('<1>Listening</1> to the<2/> flow', 'fr');
  expect(stripMarks(heading)).toBe('Écouter le courant');
  expect(
    listMarks(heading)
      .map((mark) => mark.id)
      .sort(),
  ).toEqual(['1', '2']);
  expect(translate('<3>Listening to the flow</3>', 'fr')).toBe('<3>Écouter le courant</3>');
});

test('white space of the page source, single sentences and several blocks are understood', () => {
  expect(translate('\n  Listening   to\n the flow ', 'de')).toBe('Dem Fließen zuhören');
  expect(translate('A stream begins almost by accident.', 'es')).toBe(
    'Un arroyo empieza casi por casualidad.',
  );
  const two =
    'A stream begins almost by accident. Nobody waits for a river to be finished before drinking from it.';
  expect(translate(two, 'de')).toMatch(/^Ein Bach .*zufällig\. Niemand wartet/);
  expect(translate('Listening to the flow\n\nAfter Heraclitus', 'fr')).toBe(
    'Écouter le courant\n\nD’après Héraclite',
  );
  expect(translate('Écouter le courant', 'en')).toBe('Listening to the flow');
});

test('what is not known keeps its words and marks behind the tag', () => {
  expect(translate('Hello <1>world</1>', 'es')).toBe('[es] Hello <1>world</1>');
  expect(translate('Listening to the flow', 'pt-BR')).toBe('[pt-BR] Listening to the flow');
  expect(translate('constructor', 'es')).toBe('[es] constructor');
});

test('the target language is read from tags and from names', () => {
  const cases: [string, string | undefined][] = [
    ['Translate the text into Spanish (es). Return only the translation.', 'es'],
    ['You are a translator. Target language: Brazilian Portuguese (pt-BR).', 'pt-BR'],
    ['Translate from English into German.', 'de'],
    ['Translate to Arabic', 'ar'],
    ['Translate into français, keep the marks.', 'fr'],
    ['You translate. The target language is Japanese.', 'ja'],
    ['You are a helpful assistant.', undefined],
  ];
  for (const [system, tag] of cases) expect(findTargetLanguage(system), system).toBe(tag);
});

test('the product’s own words are understood for every language', () => {
  for (const [tag, name, nativeName] of [
    ['ar', 'Arabic', 'العربية'],
    ['pt-BR', 'Brazilian Portuguese', 'português (Brasil)'],
    ['zh-Hant', 'Traditional Chinese', '繁體中文'],
    ['it', 'Italian', 'italiano'],
    ['es', 'Spanish', 'Spanish'],
  ] as const) {
    for (const hasMarks of [false, true]) {
      const [system] = translationMessages(
        'x',
        { language: { tag, name, nativeName }, instruction: '', glossary: '' },
        hasMarks,
      );
      expect(findTargetLanguage(system?.content ?? '')).toBe(tag);
    }
  }
});

test('tokens join to the text and never cut a code point', () => {
  const text = `${Object.values(translations).flatMap(Object.values).join('\n')}\u00a0\t🌊👩‍🚀 end `;
  const tokens = cutTokens(text);
  expect(tokens.join('')).toBe(text);
  expect(tokens.every((token) => token.isWellFormed())).toBe(true);
  const prose = cutTokens('A stream begins almost by accident.');
  expect(prose.length).toBeGreaterThan(5);
  expect(prose.length).toBeLessThan(12);
});
