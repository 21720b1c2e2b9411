import { expect, test } from 'vitest';
import { patternOf, TabChoice } from '../../lib/chat/tab-choice.ts';
import type { Pages, TabInfo } from '../../lib/context/page-types.ts';

test.each([
  ['example.com', 'https://example.com/*'],
  [' https://News.example/a?b ', 'https://news.example/*'],
  ['http://localhost:8080/x', 'http://localhost/*'],
  ['127.0.0.1:3000', 'http://127.0.0.1/*'],
  ['http://example.com', undefined],
  ['*', undefined],
  ['', undefined],
  ['javascript:alert(1)', undefined],
  ['<all_urls>', undefined],
])('%s is %s', (site, pattern) => {
  expect(patternOf(site)).toBe(pattern);
});

function pagesOf(isAllowed: boolean): { pages: Pages; asked: string[] } {
  const asked: string[] = [];
  const tab: TabInfo = { id: 1, title: 'News', url: 'https://news.example/' };
  const pages: Pages = {
    current: async () => undefined,
    list: async () => (isAllowed && asked.length > 0 ? [tab] : []),
    take: async () => Promise.reject(new Error('none')),
    async allow(pattern) {
      asked.push(pattern);
      return isAllowed;
    },
  };
  return { pages, asked };
}

test('a site that is allowed brings its tabs', async () => {
  const choice = new TabChoice();
  const { pages, asked } = pagesOf(true);
  await choice.load(async () => pages);
  expect(choice.tabs.value).toEqual([]);
  await choice.allow('news.example');
  expect(asked).toEqual(['https://news.example/*']);
  expect(choice.tabs.value).toHaveLength(1);
  expect(choice.note.value).toBe('');
  await choice.allow('other.example');
  expect(choice.note.value).toContain('No tab of this site is open');
});

test('what is no site, or is not allowed, is said', async () => {
  const choice = new TabChoice();
  const { pages, asked } = pagesOf(false);
  await choice.load(async () => pages);
  await choice.allow('*');
  expect(choice.note.value).toContain('not the address of a site');
  expect(asked).toEqual([]);
  await choice.allow('news.example');
  expect(choice.note.value).toContain('did not allow');
});
