// No word for a person stands in the code: they are in public/_locales, so that every language has them.
import { describe, expect, it } from 'vitest';
import english from '../../public/_locales/en/messages.json' with { type: 'json' };
import { findSources } from '../architecture/sources.ts';
import { findWords } from './support/find-words.ts';

interface Allowed {
  path: RegExp;
  text: RegExp;
  why: string;
}

const ALLOWED: readonly Allowed[] = [
  { path: /./, text: /^Runnel$/, why: 'the name of the product' },
  { path: /^lib\/jobs\/page-gesture\.ts$/, text: /^Runnel: …$/, why: 'the name, and a message' },
  {
    path: /^lib\/engine\/errors\.ts$/,
    text: /./,
    why: 'sentences that the wire carries and lib/words/ knows again',
  },
  { path: /^lib\/engine\/(continuation|structured)/, text: /./, why: 'words for models' },
  { path: /^lib\/engine\/tool-loop/, text: /./, why: 'words for models' },
  { path: /^lib\/jobs\/(data-block|test-abilities)\.ts$/, text: /./, why: 'words for models' },
  { path: /^lib\/jobs\/test-stream\.ts$/, text: /^Count from 1/, why: 'words for models' },
  { path: /^lib\/translate\/prompt\.ts$/, text: /./, why: 'words for models' },
  {
    path: /^lib\/(engine\/(timeouts|transport)|providers\/openai\/errors|protocol\/server)\.ts$/,
    text: /./,
    why: 'details of an error, which has a title in the reader’s language',
  },
  {
    path: /^lib\/(jobs\/(answer-turn|test-stream|translate-job)|engine\/structured)\.ts$/,
    text: /^The model answered with nothing\.$/,
    why: 'details of an error',
  },
  { path: /^lib\/jobs\/test-connection\.ts$/, text: /^Access to … is not/, why: 'details of an error' },
  {
    path: /^lib\/store\/row-schema\.ts$/,
    text: /^This message is damaged/,
    why: 'details of an error; the view has a message',
  },
  {
    path: /^lib\/chat\/turn-list\.ts$/,
    text: /^Stopped\.$/,
    why: 'details of an error; the view has a message',
  },
  { path: /^lib\/providers\/openai\/dialect\.ts$/, text: /^Bearer …$/, why: 'a header' },
  {
    path: /^lib\/providers\/presets\.ts$/,
    text: /^(Google Gemini|Together AI|Fireworks AI|Azure OpenAI|LM Studio)$/,
    why: 'names of services',
  },
  {
    path: /^components\/(settings|chat\/composer)\//,
    text: /^(https:\/\/api\.)?example\.com(\/v1)?$/,
    why: 'an example of an address',
  },
];

const isName = (text: string) => text in english || `${text}_other` in english;
const findIn = (path: string, source: string) => findWords(path, source, isName).map(({ text }) => text);

const sources = findSources('lib', 'components', 'entrypoints');
const found = sources.flatMap(({ path, text: source }) =>
  findWords(path, source, isName).map(({ line, text }) => ({ path, line, text })),
);
const covers = ({ path, text }: Allowed, one: { path: string; text: string }) =>
  path.test(one.path) && text.test(one.text);

describe('the code', () => {
  it('holds no words for people', () => {
    const wrong = found
      .filter((one) => !ALLOWED.some((allowed) => covers(allowed, one)))
      .map(({ path, line, text }) => `${path}:${line} ${text}`);
    expect(wrong).toEqual([]);
  });

  it('has something for every exception', () => {
    expect(ALLOWED.filter((allowed) => !found.some((one) => covers(allowed, one)))).toEqual([]);
  });
});

describe('words', () => {
  it.each([
    ['text', '<p>not set</p>'],
    ['text beside a value', '<p>{count} more</p>'],
    ['text in braces', "<p>{isSet ? value : 'not set'}</p>"],
    ['text with gaps', '<p>{`\x24{count} more`}</p>'],
    ['a label', '<button aria-label="Copy" />'],
    ['one label of two', "<Row label={isOpen ? 'hide' : show} />"],
    ['a label that falls back', "<Row label={name || 'unnamed'} />"],
    ['a title of an object', "const row = { title: 'Keys' };"],
    ['a placeholder of an element', "box.placeholder = 'Search';"],
    ['an attribute of an element', "box.setAttribute('aria-label', 'search');"],
    ['the text of an element', "box.textContent = 'search';"],
    ['a sentence', "announce('copied.');"],
    ['words with a capital', "const name = 'New chat';"],
    ['a sentence with gaps', 'const said = `Version \x24{number} of \x24{count}.`;'],
  ])('are %s', (_, source) => {
    expect(findIn('a.tsx', source)).toHaveLength(1);
  });

  it.each([
    ['the name of a message', "<p title={say('retry')}>{say('retry')}</p>"],
    ['the name of a message, by a table', "const label = { title: 'retry' };"],
    ['a class, an id, a role', '<p class="button primary" role="note" id="keys" />'],
    ['a comparison', "<p>{state === 'partial' && <Cut />}</p>"],
    ['what is thrown', "throw new Failure('Nothing is left.');"],
    ['an error', "const error = new StreamError('storage', 'It is full.');"],
    ['a type', "type A = 'Some words'; const a = b as 'Some words';"],
    ['a comment', '// This is one.\nrun(); /* And another. */'],
    ['a sign', '<p>{rate} · {time} – 5</p>'],
    ['code', "const path = 'M3 3h10'; element.matches('.a b'); key('Enter');"],
  ])('are not %s', (_, source) => {
    expect(findIn('a.tsx', source)).toEqual([]);
  });
});
