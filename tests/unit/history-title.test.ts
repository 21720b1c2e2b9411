// Titles are made of what was said, as plain words.
import { describe, expect, it } from 'vitest';
import { titleFrom } from '../../lib/history/title.ts';

describe('a title', () => {
  it.each([
    ['How do streams work?', 'How do streams work?'],
    ['Hi there, how do streams work?', 'How do streams work?'],
    ['Hello! Please explain **monads** in `Haskell`.', 'Explain monads in Haskell'],
    ['# Plan\n\nMake a plan.', 'Plan'],
    ['- [ ] buy milk\n- [ ] go home', 'Buy milk'],
    ['"To be or not to be"', 'To be or not to be'],
    ['> quoted words of somebody\n\nSay this shorter', 'Say this shorter'],
    ['> only a quotation here', 'Only a quotation here'],
    ['```js\nconst a = 1;\n```\nWhat does this do?', 'What does this do?'],
    ['See [the guide](https://example.org/x) for more', 'See the guide for more'],
    ['Write a haiku about rain. Then translate it to German.', 'Write a haiku about rain'],
    ['2 * 3 * 4 is what, and why is it so?', '2 * 3 * 4 is what, and why is it so?'],
    ['   \n\n  ', ''],
  ])('of %j is %j', (question, title) => {
    expect(titleFrom(question)).toBe(title);
  });

  it('is cut at a word, with at most 60 characters', () => {
    const title = titleFrom('word '.repeat(40));
    expect(title.length).toBeLessThanOrEqual(60);
    expect(title).toMatch(/^Word( word)+…$/);
    expect(titleFrom('x'.repeat(300))).toMatch(/^Xx{58}…$/);
  });

  it('never tears a character', () => {
    expect(titleFrom(`a${'👩‍🚀🌊'.repeat(40)}`).isWellFormed()).toBe(true);
  });

  it('comes from the answer where the question says too little', () => {
    expect(titleFrom('Hi', '## Streams in short\n\nA stream …')).toBe('Streams in short');
    expect(titleFrom('Why?', '')).toBe('Why?');
    expect(titleFrom('为什么天空是蓝色的', 'Because')).toBe('为什么天空是蓝色的');
  });

  it('is quick for what is long', () => {
    const begin = performance.now();
    titleFrom(`${'*'.repeat(200_000)}${'a '.repeat(200_000)}`);
    titleFrom(`${'['.repeat(200_000)}`);
    titleFrom(`${'<a'.repeat(200_000)}`);
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
