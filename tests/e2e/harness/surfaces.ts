// The real popup and the real side panel as Playwright pages. Playwright does not emit them itself, but a second connection made after
// they are open finds them.
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { findTargets } from './cdp.ts';
import { until, within } from './until.ts';

export interface Surface {
  page: Page;
  isOpen(): Promise<boolean>;
  /** Closes the surface as well as the connection. */
  close(): Promise<void>;
}

/** Waits until a surface with this address is open and attaches to it. */
export async function openSurface({
  browser,
  endpoint,
  url,
}: {
  browser: CDPSession;
  endpoint: string;
  url: string;
}): Promise<Surface> {
  const isOpen = async () => (await findTargets(browser)).some((info) => info.url.startsWith(url));
  await until(`${url} opens`, isOpen);
  const { connection, page } = await until(`attaching to ${url}`, () => attach(endpoint, url));
  await page.waitForLoadState('domcontentloaded');
  return {
    page,
    isOpen,
    async close() {
      await within(page.close(), 3000, 'closing a surface').catch(() => {});
      await within(connection.close(), 3000, 'leaving a surface').catch(() => {});
      await until(`${url} closes`, async () => !(await isOpen()));
    },
  };
}

/** A connection sees only what is open when it is made, so each try makes a new one. */
async function attach(
  endpoint: string,
  url: string,
): Promise<{ connection: Browser; page: Page } | undefined> {
  const connection = await chromium.connectOverCDP(endpoint, { timeout: 5000 });
  const page = connection
    .contexts()
    .flatMap((context) => context.pages())
    .find((candidate) => candidate.url().startsWith(url));
  if (page) return { connection, page };
  await connection.close();
  return undefined;
}
