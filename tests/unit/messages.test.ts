// The words of the product in its languages: none is missing, none is left over, none has other gaps than the English.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Messages = Record<string, { message: string }>;

const folder = new URL('../../public/_locales/', import.meta.url);
const read = (locale: string): Messages =>
  JSON.parse(readFileSync(new URL(`${locale}/messages.json`, folder), 'utf8'));
const english = read('en');
const names = Object.keys(english);
const locales = readdirSync(folder);

const gapsOf = ({ message }: { message: string }) => [...new Set(message.match(/\$\d/g))].sort().join(' ');
const isCounted = (name: string) => /_(one|other)$/.test(name) && `${baseOf(name)}_other` in english;
const baseOf = (name: string) => name.replace(/_[a-z]+$/, '');
const counted = [...new Set(names.filter(isCounted).map(baseOf))];
const plain = names.filter((name) => !isCounted(name));

it('names no English message twice: browsers do not tell capitals apart', () => {
  const text = readFileSync(new URL('en/messages.json', folder), 'utf8');
  const all = [...text.matchAll(/^ {2}"(\w+)": \{/gm)].map(([, name = '']) => name.toLowerCase());
  expect(all.length).toBeGreaterThanOrEqual(names.length);
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
});

describe.each(locales)('%s', (locale) => {
  const messages = read(locale);
  const tag = locale.replace('_', '-');
  const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;

  it('says which language it is, and which way it runs', () => {
    expect(messages['language']?.message).toBe(tag);
    expect(messages['direction']?.message).toBe(/^(ar|he|fa|ur)\b/.test(tag) ? 'rtl' : 'ltr');
  });

  it('has every message, and no other', () => {
    const wanted = [...plain, ...counted.flatMap((base) => forms.map((form) => `${base}_${form}`))];
    expect(Object.keys(messages).sort()).toEqual([...new Set(wanted)].sort());
  });

  it('fills the same gaps', () => {
    for (const name of plain)
      expect(gapsOf(messages[name] ?? { message: '' }), name).toBe(gapsOf(english[name] ?? { message: '' }));
    for (const base of counted) {
      const all = gapsOf(english[`${base}_other`] ?? { message: '' });
      expect(gapsOf(messages[`${base}_other`] ?? { message: '' }), base).toBe(all);
    }
  });

  it('leaves as they are what programs read', () => {
    const fixed = ({ message }: { message: string }) =>
      [...message.matchAll(/\{\{(?:page|selection|language)\}\}|OLLAMA_ORIGINS=[\x21-\x7e]+/g)]
        .map(String)
        .sort();
    for (const name of plain)
      expect(fixed(messages[name] ?? { message: '' }), name).toEqual(fixed(english[name] ?? { message: '' }));
  });

  it('leaves nothing empty', () => {
    for (const [name, { message }] of Object.entries(messages)) expect(message.trim(), name).not.toBe('');
  });
});

it('every English message is used', () => {
  const sources = ['lib', 'components', 'entrypoints']
    .flatMap((room) => readAll(`../../${room}/`))
    .join('\n');
  const manifest = readFileSync(new URL('../../wxt.config.ts', import.meta.url), 'utf8');
  const isUsed = (name: string) =>
    new RegExp(`['"\`(]${name}['"\`)]`).test(sources) || manifest.includes(`__MSG_${name}__`);
  // Their names are put together from what they are about.
  const made = /^(title_|field|do_|url_)/;
  const unused = [...plain, ...counted].filter((name) => !made.test(name) && !isUsed(name));
  expect(unused).toEqual([]);
});

function readAll(path: string): string[] {
  const at = new URL(path, import.meta.url);
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(new URL(name, at), 'utf8'));
}
