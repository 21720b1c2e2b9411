// Pages drawn by frameworks: they draw on while and after they are translated, throw nothing, and have their own text back afterwards.
import type { Page } from '@playwright/test';
import { appPage, buildApp, FRAMEWORKS, type Framework } from '../frameworks/build.ts';
import { ACTIONS, type Action } from '../frameworks/model.ts';
import { mirrorWords } from '../provider/mirror.ts';
import { expect, type Provider, test } from './harness/fixtures.ts';
import { chooseDirectly, waitForBlocks } from './harness/gesture.ts';
import { readControl } from './harness/in-page.ts';
import type { Runnel } from './harness/launch.ts';
import { selectBlocks } from './harness/ui.ts';

/** What each app is made to do afterwards, to see that it still can. */
const ON: Action[] = ['count', 'reverse', 'insert', 'replace', 'remove', 'count'];
/** What takes text of ours away, or writes into it. */
const LOSING: readonly Action[] = ['count', 'replace', 'remove', 'remount'];

const REPLACED = 'This page has replaced the translated text.';

/** The nodes of the article one by one, so that a text node of ours would be seen. */
function readArticle(): string {
  const write = (node: Node): string => {
    if (node instanceof Text) return JSON.stringify(node.data);
    // Lit's markers have a number of their own in every document.
    if (!(node instanceof Element)) return `<!--${(node.nodeValue ?? '').replace(/\d+/g, '')}-->`;
    const names = node.getAttributeNames().map((name) => `${name}=${node.getAttribute(name)}`);
    return `<${[node.localName, ...names].join(' ')}>[${[...node.childNodes].map(write).join('')}]`;
  };
  const article = document.querySelector('#prose');
  return article ? write(article) : 'no article';
}

/** One after the other, each drawn before the next: frameworks put several together otherwise. */
async function press(tab: Page, actions: readonly Action[]): Promise<void> {
  await tab.evaluate(async (ids) => {
    for (const id of ids) {
      const button = document.getElementById(id);
      if (!button) throw new Error(`no button ${id}`);
      button.click();
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
  }, actions);
}

/** The article of an app, before and after it has gone on. */
interface Shown {
  then: string;
  on: string;
}

class AppTest {
  private readonly runnel: Runnel;
  private readonly provider: Provider;
  private readonly url: string;

  constructor(runnel: Runnel, provider: Provider, framework: Framework) {
    this.runnel = runnel;
    this.provider = provider;
    this.url = `${provider.origin}/apps/${framework}/`;
  }

  get tab(): Page {
    return this.runnel.tab;
  }

  /** What an app that nobody has translated shows after `actions`, and after `ON` as well. */
  async expect(actions: readonly Action[]): Promise<Shown> {
    await this.tab.goto(this.url);
    await press(this.tab, actions);
    const then = await this.tab.evaluate(readArticle);
    await press(this.tab, ON);
    return { then, on: await this.tab.evaluate(readArticle) };
  }

  async translate(plan: Parameters<Provider['planFor']>[1]): Promise<void> {
    this.provider.reset();
    this.provider.planFor(() => true, { mirror: 'marks', ...plan });
    await this.tab.goto(this.url);
    await selectBlocks(this.tab, '#prose');
    await chooseDirectly(this.runnel, 'translate-selection');
  }

  /** Puts the page's text back and has the app go on. */
  async restore({ then, on }: Shown): Promise<void> {
    await chooseDirectly(this.runnel, 'show-original');
    await expect.poll(() => this.tab.evaluate(readArticle)).toBe(then);
    expect(await readControl(this.tab)).toBeUndefined();
    await press(this.tab, ON);
    await expect.poll(() => this.tab.evaluate(readArticle)).toBe(on);
    expect(this.runnel.troubles).toEqual([]);
  }
}

async function open(runnel: Runnel, provider: Provider, framework: Framework): Promise<AppTest> {
  const script = await buildApp(framework);
  await runnel.tab.route('**/apps/**', (route) =>
    route.request().url().endsWith('app.js')
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({ contentType: 'text/html', body: appPage(framework) }),
  );
  return new AppTest(runnel, provider, framework);
}

for (const framework of FRAMEWORKS) {
  test(`${framework} draws on while and after its text is translated`, async ({ runnel, provider }) => {
    test.setTimeout(90_000);
    const app = await open(runnel, provider, framework);
    const { tab } = runnel;
    const shown = new Map<Action, Shown>();
    for (const action of ACTIONS) shown.set(action, await app.expect([action]));
    const afterAll = await app.expect([...ON, ...ON]);
    const expectRestored = async (action: Action) => {
      if (LOSING.includes(action)) await expectTold(tab);
      else await expectNotTold(tab);
      const wanted = shown.get(action);
      if (wanted) await app.restore(wanted);
    };
    for (const action of ACTIONS) {
      await test.step(`${action} while it streams`, async () => {
        // Behind the first mark of the reply, which is the second one of the text.
        await app.translate({ stallAfter: 14 });
        await expect(tab.locator('#prose p[data-runnel=streaming]')).toHaveCount(3);
        await press(tab, [action]);
        await expectRestored(action);
      });
    }
    await test.step('everything while it streams to its end, and once more', async () => {
      await app.translate({ rate: 60 });
      await expect(tab.locator('#prose p[data-runnel=streaming]').first()).toBeAttached();
      await press(tab, ON);
      await expect(tab.locator('[data-runnel=streaming], [data-runnel=waiting]')).toHaveCount(0);
      await press(tab, ON);
      await expectTold(tab);
      await app.restore(afterAll);
    });
    for (const action of ACTIONS) {
      await test.step(`${action} when it is done`, async () => {
        await app.translate({ rate: 0 });
        await waitForBlocks(runnel, /^done$/);
        await expect(tab.locator('#prose')).toContainText(mirrorWords('The stream begins'));
        await press(tab, [action]);
        await expectRestored(action);
      });
    }
  });
}

async function expectTold(tab: Page): Promise<void> {
  await expect.poll(async () => (await readControl(tab))?.text).toContain(REPLACED);
  expect((await readControl(tab))?.offered).toContain('here');
}

/** The page is looked at four times a second: by the third tick of a timer that began now, it was. */
async function expectNotTold(tab: Page): Promise<void> {
  await tab.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let ticks = 0;
        const timer = setInterval(() => {
          ticks += 1;
          if (ticks < 3) return;
          clearInterval(timer);
          resolve();
        }, 125);
      }),
  );
  expect((await readControl(tab))?.text).not.toContain(REPLACED);
}
