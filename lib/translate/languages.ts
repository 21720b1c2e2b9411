// The languages that are offered as a target. Any other BCP 47 tag works too; it just has no entry in the list.
import type { LanguageChoice } from '../protocol/page.ts';
import { wordsLanguage } from '../words/say.ts';

export interface Language {
  /** BCP 47 tag. */
  tag: string;
  /** English name. */
  name: string;
  nativeName: string;
  dir: 'ltr' | 'rtl';
}

const LEFT_TO_RIGHT = `
af Afrikaans|Afrikaans
sq Albanian|Shqip
am Amharic|አማርኛ
hy Armenian|Հայերեն
az Azerbaijani|Azərbaycanca
eu Basque|Euskara
be Belarusian|Беларуская
bn Bengali|বাংলা
bs Bosnian|Bosanski
bg Bulgarian|Български
my Burmese|မြန်မာ
ca Catalan|Català
zh-Hans Chinese, Simplified|简体中文
zh-Hant Chinese, Traditional|繁體中文
hr Croatian|Hrvatski
cs Czech|Čeština
da Danish|Dansk
nl Dutch|Nederlands
en English|English
eo Esperanto|Esperanto
et Estonian|Eesti
fil Filipino|Filipino
fi Finnish|Suomi
fr French|Français
gl Galician|Galego
ka Georgian|ქართული
de German|Deutsch
el Greek|Ελληνικά
gu Gujarati|ગુજરાતી
hi Hindi|हिन्दी
hu Hungarian|Magyar
is Icelandic|Íslenska
id Indonesian|Bahasa Indonesia
ga Irish|Gaeilge
it Italian|Italiano
ja Japanese|日本語
kn Kannada|ಕನ್ನಡ
kk Kazakh|Қазақша
km Khmer|ខ្មែរ
ko Korean|한국어
ky Kyrgyz|Кыргызча
lo Lao|ລາວ
la Latin|Latina
lv Latvian|Latviešu
lt Lithuanian|Lietuvių
mk Macedonian|Македонски
ms Malay|Bahasa Melayu
ml Malayalam|മലയാളം
mr Marathi|मराठी
mn Mongolian|Монгол
ne Nepali|नेपाली
nb Norwegian Bokmål|Norsk bokmål
pl Polish|Polski
pt Portuguese|Português
pt-BR Portuguese, Brazil|Português (Brasil)
pa Punjabi|ਪੰਜਾਬੀ
ro Romanian|Română
ru Russian|Русский
sr Serbian|Српски
si Sinhala|සිංහල
sk Slovak|Slovenčina
sl Slovenian|Slovenščina
es Spanish|Español
sw Swahili|Kiswahili
sv Swedish|Svenska
ta Tamil|தமிழ்
te Telugu|తెలుగు
th Thai|ไทย
tr Turkish|Türkçe
uk Ukrainian|Українська
uz Uzbek|Oʻzbekcha
vi Vietnamese|Tiếng Việt
cy Welsh|Cymraeg`;

const RIGHT_TO_LEFT = `
ar Arabic|العربية
he Hebrew|עברית
fa Persian|فارسی
ur Urdu|اردو`;

/** Sorted by English name. */
export const languages: readonly Language[] = [
  ...readTable(LEFT_TO_RIGHT, 'ltr'),
  ...readTable(RIGHT_TO_LEFT, 'rtl'),
].sort(byName);

/** The entry of a tag, whatever its letter case; undefined where the list has none. */
export function findLanguage(tag: string): Language | undefined {
  const wanted = tag.toLowerCase();
  return languages.find((language) => language.tag.toLowerCase() === wanted);
}

function readTable(table: string, dir: Language['dir']): Language[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [, tag = '', name = '', nativeName = ''] = /^(\S+) (.+)\|(.+)$/.exec(line) ?? [];
      return { tag, name, nativeName, dir };
    });
}

/** The name of a language in the language of our own words. */
export function nameInWords({ tag, name }: Language): string {
  const words = wordsLanguage();
  if (words === 'en') return name;
  displayNames ??= new Intl.DisplayNames(words, { type: 'language', fallback: 'none' });
  return displayNames.of(tag) ?? name;
}

let displayNames: Intl.DisplayNames | undefined;

/** What else a text could be written in: the recent ones first, then all by their names, `current` among them. */
export function languageChoices(current: Language, recent: readonly Language[]): LanguageChoice[] {
  const first = recent.filter(({ tag }) => tag !== current.tag);
  const isFirst = ({ tag }: Language) => first.some((one) => one.tag === tag);
  const others = languages.some(({ tag }) => tag === current.tag) ? languages : [...languages, current];
  const rest = others.filter((language) => !isFirst(language));
  const inWords = (language: Language) => ({ tag: language.tag, name: nameInWords(language) });
  const { compare } = new Intl.Collator(wordsLanguage());
  return [...first.map(inWords), ...rest.map(inWords).sort((a, b) => compare(a.name, b.name))];
}

function byName(a: Language, b: Language): number {
  return a.name.localeCompare(b.name, 'en');
}
