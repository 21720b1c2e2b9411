import { afterEach, expect, it } from 'vitest';
import { putWishes } from '../../lib/platform/put-wishes.ts';
import type { PageWishes } from '../../lib/protocol/page.ts';

const wishes = { show: 'below', showsOriginalOnHover: true } as const;
const found = () => (globalThis as { runnelWishes?: PageWishes }).runnelWishes;

afterEach(() => void delete (globalThis as { runnelWishes?: PageWishes }).runnelWishes);

it('leaves what the page script looks for, lines that are no selectors dropped', () => {
  putWishes({ ...wishes, leftAlone: ['code', 'a b >', '[x="1"', '.ok:is(b, i)', '', '}'] });
  expect(found()).toEqual({ ...wishes, leftAlone: 'code, .ok:is(b, i)' });
});

it('drops a line that would swallow those behind it', () => {
  putWishes({ ...wishes, leftAlone: ['p /*', ':not(p', ':is(b', 'p\\', '[x="1', 'pre'] });
  expect(found()?.leftAlone).toBe('pre');
});

it('may leave nothing alone, and carries a text', () => {
  putWishes({ ...wishes, leftAlone: [], text: 'hello' });
  expect(found()).toEqual({ ...wishes, leftAlone: '', text: 'hello' });
});

it('needs nothing from where it was written: it is sent as its source', () => {
  const alone = new Function(`return (${putWishes.toString()})`)() as typeof putWishes;
  alone({ ...wishes, leftAlone: ['pre'] });
  expect(found()?.leftAlone).toBe('pre');
});
