// What a row works with: the built extension in a browser, a provider of its own, and a view that is looked at.
import type { Locator, Page } from '@playwright/test';
import { defaultSettings } from '../../../lib/settings/schema.ts';
import { CANARY, chatRequests, type Provider } from '../../e2e/harness/fixtures.ts';
import type { Runnel } from '../../e2e/harness/launch.ts';
import { articles, button, expectState, lastReply, send } from '../../e2e/harness/ui.ts';
import { until } from '../../e2e/harness/until.ts';
import { type Configuration, storeConfiguration } from '../../e2e/harness/wire.ts';
import { type ProviderOptions, startProvider } from '../../provider/server.ts';
import { readScreen } from './screen.ts';

export interface Lab {
  readonly runnel: Runnel;
  readonly provider: Provider;
  /** Servers that the key must never reach, and that nobody may ask unless the row says so. */
  readonly others: Provider[];
  /** Origins beside the provider's that the row itself configures. */
  readonly configured: Set<string>;
  /** Milliseconds, by name; the report sums them up. */
  readonly measured: Record<string, number>;
  /** The chat in a tab, in front. */
  view: Page;
  configure(configuration: Partial<Configuration>): Promise<void>;
  openView(): Promise<Page>;
  ask(text: string): Promise<void>;
  reply(): Locator;
  ends(state: string | RegExp, limitMs?: number): Promise<void>;
  /** The one chat request, or the latest, once it has come. */
  request(count?: number): Promise<Provider['journal'][number]>;
  startOther(options?: ProviderOptions): Promise<Provider>;
  /** Everything the server sent as text in this row, in order. */
  sent(): string;
}

/** Opens a lab in `runnel`: a provider, settings and key, and an empty conversation on screen. `close` ends what the lab began. */
export async function openLab(runnel: Runnel): Promise<{ lab: Lab; close(): Promise<void> }> {
  const provider = await startProvider({ rate: 200 });
  const others: Provider[] = [];
  const configure: Lab['configure'] = async (configuration) => {
    const settings = await openSettings(runnel);
    await storeConfiguration(settings, {
      baseUrl: provider.url,
      key: CANARY,
      language: 'es',
      ...configuration,
    });
    await lab.view.bringToFront();
  };
  const openView = async () => {
    const view = await runnel.openTab('sidepanel.html');
    await view.getByRole('log').waitFor();
    lab.view = view;
    return view;
  };
  const lab: Lab = {
    runnel,
    provider,
    others,
    configured: new Set(),
    measured: {},
    view: runnel.tab,
    configure,
    openView,
    ask: (text) => send(lab.view, text),
    reply: () => lastReply(lab.view),
    async ends(state, limitMs) {
      await expectState(lastReply(lab.view), state, limitMs).catch(async (error: unknown) => {
        // The state alone does not say what went wrong.
        const last = (await readScreen(lab.view)).at(-1);
        throw new Error(`not ${state}: ${JSON.stringify(last).slice(0, 1000)}`, { cause: error });
      });
    },
    request: (count = 1) =>
      until(`request ${count}`, () => chatRequests(provider)[count - 1], { limitMs: 15_000 }),
    async startOther(options) {
      const other = await startProvider(options);
      others.push(other);
      return other;
    },
    sent: () =>
      chatRequests(provider)
        .map(({ textSent }) => textSent)
        .join(''),
  };
  for (const list of [runnel.troubles, runnel.said]) list.length = 0;
  // The row before may have set other limits.
  await configure({ timeouts: defaultSettings.timeouts });
  // The settings page asked the provider of the row before for its models.
  runnel.requested.length = 0;
  await openView();
  await emptyView(lab.view);
  const close = async () => {
    // A row with a browser of its own may have ended its first tab.
    if (!runnel.tab.isClosed()) await runnel.tab.goto('about:blank').catch(() => {});
    const kept = [runnel.tab, settingsOf.get(runnel)];
    for (const page of runnel.context.pages()) if (!kept.includes(page)) await page.close();
    await Promise.all([provider, ...others].map((server) => server.close()));
  };
  return { lab, close };
}

const settingsOf = new WeakMap<Runnel, Page>();

/** The settings in a tab that stays: opening it anew for every row would take a third of the row's time. */
async function openSettings(runnel: Runnel): Promise<Page> {
  const known = settingsOf.get(runnel);
  if (known && !known.isClosed()) return known;
  const page = await runnel.openTab('options.html');
  settingsOf.set(runnel, page);
  return page;
}

/** The view shows what was said last as soon as the worker has answered; a row begins with nothing. */
async function emptyView(view: Page): Promise<void> {
  await until('the conversation is loaded', async () => {
    return (await view.locator('[role=log] :is(article, h2)').count()) > 0;
  });
  if ((await articles(view).count()) === 0) return;
  await button(view, 'New chat').click();
  await until('an empty conversation', async () => (await articles(view).count()) === 0);
}
