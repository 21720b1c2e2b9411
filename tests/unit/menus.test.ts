// The items of the context menu, which the browser keeps, and the language they are in.
import { beforeEach, expect, test, vi } from 'vitest';
import { createMenus, MENU, nameMenus, offerOriginal } from '../../lib/platform/menus.ts';

const { titles, local, session, update, contextMenus } = vi.hoisted(() => {
  const titles = new Map<string, string>();
  const put = async ({ id = '', title = '' }: { id?: string; title?: string }) => void titles.set(id, title);
  const update = vi.fn(async (id: string, { title }: { title: string }) => {
    if (!titles.has(id)) throw new Error(`Cannot find menu item with id ${id}`);
    await put({ id, title });
  });
  const contextMenus = {
    create: put,
    update,
    remove: async (id: string) => void titles.delete(id),
    removeAll: async () => titles.clear(),
  };
  return { titles, local: new Map(), session: new Map(), update, contextMenus };
});

vi.mock('../../lib/platform/browser.ts', () => ({ browser: { contextMenus } }));
vi.mock('../../lib/platform/native.ts', () => {
  const area = (kept: Map<string, unknown>) => ({
    get: async (key: string) => ({ [key]: kept.get(key) }),
    set: async (more: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(more)) kept.set(key, value);
    },
  });
  return { browser: { storage: { local: area(local), session: area(session) } } };
});

/** The browser in this language, with words that tell it. */
function speak(language: string): void {
  const getMessage = (name: string) => (name === 'language' ? language : `${name} in ${language}`);
  vi.stubGlobal('chrome', { i18n: { getMessage } });
}

beforeEach(() => {
  for (const kept of [titles, local, session]) kept.clear();
  update.mockClear();
  speak('en');
});

test('a worker that starts in another language names the items anew, once', async () => {
  await createMenus();
  await offerOriginal('https://a.example/');
  expect(titles.get(MENU.translate)).toBe('menuTranslate in en');
  speak('de');
  await nameMenus();
  expect(Object.fromEntries(titles)).toEqual({
    [MENU.translate]: 'menuTranslate in de',
    [MENU.panel]: 'openPanel in de',
    [MENU.original]: 'menuOriginal in de',
  });
  update.mockClear();
  await nameMenus();
  expect(update).not.toHaveBeenCalled();
});

test('an item that is not there is not made, and keeps none of the others from its name', async () => {
  await createMenus();
  speak('de');
  await nameMenus();
  expect([...titles.values()]).toEqual(['menuTranslate in de', 'openPanel in de']);
});

test('a worker that starts in the same language, or before the items are made, does nothing', async () => {
  await nameMenus();
  await createMenus();
  await nameMenus();
  expect(update).not.toHaveBeenCalled();
});
