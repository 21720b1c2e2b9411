import { expect, it } from 'vitest';
import { TextFeed, type TextView } from '../../lib/chat/text-feed.ts';

function createView() {
  let drawn = '';
  const view: TextView = {
    append: (text) => (drawn += text),
    mark: () => (drawn += '|'),
    reset: () => (drawn = ''),
    end: () => (drawn += '.'),
  };
  return { view, drawn: () => drawn };
}

it('a break is drawn where the text goes on, and only if it does', () => {
  const feed = new TextFeed();
  const { view, drawn } = createView();
  feed.attach(view);
  feed.mark();
  feed.append('one');
  feed.mark();
  feed.mark();
  expect(drawn()).toBe('one');
  feed.append(' two');
  feed.append(' three');
  feed.mark();
  feed.end();
  expect(drawn()).toBe('one| two three.');
});

it('a view that comes later, and a text that is opened again, show the same', () => {
  const feed = new TextFeed();
  const early = createView();
  feed.attach(early.view);
  feed.append('one');
  feed.end();
  feed.mark();
  feed.append(' two');
  const late = createView();
  feed.attach(late.view);
  expect(early.drawn()).toBe('one| two');
  expect(late.drawn()).toBe('one| two');
});

it('a stored text brings its breaks', () => {
  const feed = new TextFeed();
  const { view, drawn } = createView();
  feed.attach(view);
  feed.append('on');
  feed.replace('one two three', [3, 7]);
  expect(drawn()).toBe('one| two| three');
  feed.replace('one two three four', [3, 7]);
  expect(drawn()).toBe('one| two| three four');
  feed.replace('one two three four', [3]);
  expect(drawn()).toBe('one| two three four');
  feed.replace('other');
  expect(drawn()).toBe('other');
});
