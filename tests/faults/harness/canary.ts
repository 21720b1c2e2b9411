// Looks for the key wherever it must not be.
import type { Page } from '@playwright/test';
import type { Browser } from 'webextension-polyfill';
import { CANARY } from '../../e2e/harness/fixtures.ts';
import type { JournalEntry } from '../../provider/journal.ts';
import type { Lab } from './lab.ts';

declare const chrome: Browser;

/** The places in which the key was found; empty when it is only in the one header of requests to the configured origin. */
export async function findCanary(lab: Lab): Promise<string[]> {
  const places: [name: string, text: string][] = [
    ['console', lab.runnel.said.join('\n')],
    ['addresses', lab.runnel.requested.join('\n')],
    ['errors', lab.runnel.troubles.join('\n')],
    ...(await dumpStorage(lab.view)),
    ['what the server got beside the header', JSON.stringify(lab.provider.journal.map(withoutAuthorization))],
    ['another server', JSON.stringify(lab.others.map(({ journal }) => journal))],
  ];
  for (const page of lab.runnel.context.pages()) places.push([page.url(), await readPage(page)]);
  const found = places.filter(([, text]) => text.includes(CANARY)).map(([name]) => name);
  for (const { headers, url } of lab.provider.journal) {
    const { authorization } = headers;
    if (authorization !== undefined && authorization !== `Bearer ${CANARY}`)
      found.push(`another key at ${url}`);
  }
  return found;
}

/** What the server says is its own affair: some rows let it echo the key, and `textSent` repeats that. */
function withoutAuthorization({
  headers: { authorization: _, ...headers },
  textSent: __,
  ...entry
}: JournalEntry) {
  return { ...entry, headers };
}

/** Markup, what is typed into fields, and what a page keeps for itself. A page that has just gone has nothing. */
async function readPage(page: Page): Promise<string> {
  return await page
    .evaluate(() => {
      const typed = [...document.querySelectorAll('input, textarea')].map((field) =>
        'value' in field ? String(field.value) : '',
      );
      let kept: unknown[] = [];
      try {
        kept = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
      } catch {
        // about:blank and the like have none.
      }
      return JSON.stringify([document.documentElement.outerHTML, typed, kept]);
    })
    .catch(() => '');
}

/** The extension's own storage, but for the vault, which is where the key is. */
async function dumpStorage(view: Page): Promise<[string, string][]> {
  return await view.evaluate(async () => {
    const areas = [chrome.storage.local, chrome.storage.session, chrome.storage.sync];
    const dump: [string, string][] = [
      ['storage', JSON.stringify(await Promise.all(areas.map((area) => area.get(null).catch(String))))],
      ['caches', JSON.stringify(await caches.keys())],
    ];
    const promised = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name = '' } of await indexedDB.databases()) {
      if (name === 'runnel-vault') continue;
      const database = await promised(indexedDB.open(name));
      const stores = [...database.objectStoreNames];
      const rows = await Promise.all(
        stores.map((store) => promised(database.transaction(store).objectStore(store).getAll())),
      );
      dump.push([`database ${name}`, JSON.stringify(rows)]);
      database.close();
    }
    return dump;
  });
}
