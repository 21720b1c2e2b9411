// Every page of the gallery: selected, translated by the real worker, looked at, and put back. What the model answers is as long and as wide
// as what it was asked, so that whatever moves is our doing. Each page says itself what to select and what must stay.
import type { Frame } from '@playwright/test';
import type { Case, Look, Stretch } from '../gallery/case.ts';
import { installInspector, readCase } from '../gallery/inspector.ts';
import { FIGURES, type PageFigures } from '../gallery/report/reporter.ts';
import { galleryPages } from '../provider/gallery.ts';
import { mirrorWords } from '../provider/mirror.ts';
import type { Plan } from '../provider/plan.ts';
import { startProvider } from '../provider/server.ts';
import { test as base, CANARY, expect, type Provider } from './harness/fixtures.ts';
import { chooseAgain, chooseMenuItem, chooseMenuItemIn } from './harness/gesture.ts';
import { inTab } from './harness/in-page.ts';
import { launchRunnel, type Runnel } from './harness/launch.ts';
import { until } from './harness/until.ts';

interface Gallery {
  runnel: Runnel;
  provider: Provider;
  /** Sets the language to translate into. */
  speak(language: string): Promise<void>;
}

// One browser and one server for all pages of a worker; each page has a tab of its own.
const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    // Playwright reads a fixture's dependencies from this pattern, so it has to be one.
    // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
    async ({}, use) => {
      const provider = await startProvider({ rate: 500 });
      const runnel = await launchRunnel();
      let spoken = '';
      const speak = async (language: string) => {
        if (spoken !== language) await runnel.configure({ baseUrl: provider.url, key: CANARY, language });
        spoken = language;
      };
      await use({ runnel, provider, speak });
      await runnel.close();
      await provider.close();
    },
    { scope: 'worker' },
  ],
});

const folded = (text: string): string => text.replace(/[\u00AD\u200B]/g, '').replace(/\s+/g, ' ');

/** What a stretch must say when all is done; undefined where the page tells it. */
function expectedText({ text, from, to, isKept, isTold }: Stretch): string | undefined {
  if (isKept || from === to) return text;
  return isTold ? undefined : text.slice(0, from) + mirrorWords(text.slice(from, to)) + text.slice(to);
}

const isTranslated = ({ text, from, to, isKept }: Stretch): boolean =>
  !isKept && /\p{L}/u.test(text.slice(from, to));

function findWrongTexts(stretches: Stretch[], { texts }: Look): string[] {
  return stretches.flatMap((stretch, index) => {
    const wanted = expectedText(stretch);
    const found = texts[index] ?? '';
    if (wanted === undefined) return [];
    const isExact = stretch.isKept || stretch.from === stretch.to;
    const read = isExact
      ? String
      : stretch.keepsSpace
        ? (text: string) => text.replace(/[\u00AD\u200B]/g, '')
        : folded;
    return read(found) === read(wanted) ? [] : [`${stretch.where}: "${found}", not "${wanted}"`];
  });
}

/** Blocks of which more than half is translated say so. */
function findWrongStates(
  stretches: Stretch[],
  { states }: Look,
  language: string,
  isWhole: boolean,
): string[] {
  return stretches.flatMap((stretch, index) => {
    if (!isTranslated(stretch)) return [];
    const { lang, state } = states[index] ?? {};
    const isRight = state === 'done' && (!isWhole || lang === language);
    return isRight ? [] : [`${stretch.where}: ${state}, ${lang}`];
  });
}

async function placeOf(runnel: Runnel, { frame }: Case): Promise<Frame> {
  if (!frame) return runnel.tab.mainFrame();
  const found = await (await runnel.tab.waitForSelector(frame, { state: 'attached' })).contentFrame();
  if (!found) throw new Error(`${frame} is no frame`);
  await found.waitForLoadState();
  return found;
}

async function chooseIn(runnel: Runnel, { frame }: Case, place: Frame): Promise<void> {
  if (frame) await chooseMenuItemIn(runnel, 'translate-selection', place.url());
  else await chooseMenuItem(runnel, 'translate-selection', 'words');
}

/** All blocks done, in whatever frame they are. */
async function whenDone(place: Frame, limitMs: number): Promise<number> {
  return await until(
    'all blocks are done',
    async () => {
      const states = await place
        .locator('[data-runnel]')
        .evaluateAll((all) => all.map((block) => block.getAttribute('data-runnel')));
      return states.length > 0 && states.every((state) => state === 'done') && states.length;
    },
    { limitMs },
  );
}

interface Opened {
  runnel: Runnel;
  wanted: Case;
  place: Frame;
  stretches: Stretch[];
}

/** Opens a page, selects in it what it says, and has the gesture made; what the model does is `plan`. */
async function translatePage(
  gallery: Gallery,
  page: string,
  plan: Plan = {},
  otherLanguage?: string,
): Promise<Opened> {
  const { runnel: browser, provider, speak } = gallery;
  const tab = await browser.context.newPage();
  const runnel = inTab(browser, tab);
  browser.troubles.length = 0;
  await tab.goto(`${provider.origin}/gallery/${page}`);
  const wanted = await tab.evaluate(readCase);
  await speak(otherLanguage ?? wanted.language ?? 'es');
  await tab.bringToFront();
  provider.reset();
  provider.planFor(({ path }) => path.endsWith('/chat/completions'), {
    mirror: wanted.mirror ?? 'words',
    ...plan,
  });
  const place = await placeOf(runnel, wanted);
  await place.evaluate(installInspector, wanted);
  const stretches = await place.evaluate(() => window.inspector.begin());
  await chooseIn(runnel, wanted, place);
  return { runnel, wanted, place, stretches };
}

/** Everything is as it was, and nothing went wrong. */
async function showOriginal({ runnel, place }: Opened): Promise<void> {
  await chooseAgain(runnel, 'show-original', '');
  await expect(place.locator('[data-runnel]')).toHaveCount(0);
  expect.soft(await place.evaluate(() => window.inspector.lookBack()), 'all as it was').toEqual([]);
  expect.soft(runnel.troubles, 'nothing went wrong').toEqual([]);
  await runnel.tab.close();
}

for (const page of galleryPages())
  test(page.replace(/\.\w+$/, ''), async ({ gallery }) => {
    const opened = await translatePage(gallery, page);
    const { wanted, place, stretches } = opened;
    const { language = 'es', shift: most = 0.02, select } = wanted;
    const blocks = await whenDone(place, 15_000);
    const shift = await place.evaluate(() => window.inspector.shift());
    const look = await place.evaluate(() => window.inspector.look());
    const figures: PageFigures = {
      page: page.replace(/\.\w+$/, ''),
      part: wanted.part,
      blocks,
      shift,
      most,
      moved: look.moved.px,
    };
    test.info().annotations.push({ type: FIGURES, description: JSON.stringify(figures) });

    const isWhole = !select.some((end) => end?.includes('|'));
    expect.soft(look.structure, 'the same nodes').toEqual([]);
    expect.soft(look.attributes, 'the same attributes').toEqual([]);
    expect.soft(findWrongTexts(stretches, look), 'the right text').toEqual([]);
    expect.soft(findWrongStates(stretches, look, language, isWhole), 'the right states').toEqual([]);
    expect.soft(look.told, 'what the page tells').toEqual(wanted.expect ?? {});
    expect.soft(shift, `layout shift ${wanted.because ?? ''}`).toBeLessThanOrEqual(most);
    expect.soft(look.moved.px, `${look.moved.where} moved`).toBeLessThanOrEqual(wanted.moved ?? 1);
    await showOriginal(opened);
  });

const HALFWAY = ['encyclopedia', 'marks-moved', 'shadow-trees', 'app-shell', 'arabic-article', 'table-spans'];

for (const page of HALFWAY)
  test(`${page}, put back half-way`, async ({ gallery }) => {
    const { provider } = gallery;
    // In a language of its own, or what was translated before would come from the cache.
    const opened = await translatePage(gallery, `${page}.html`, { stallAfter: 9 }, 'fr');
    const stalled = () =>
      provider.journal.some(({ path, chunksSent }) => /completions$/.test(path) && chunksSent >= 9);
    await until('the model stands still', stalled);
    const written = opened.place.locator('[data-runnel=streaming], [data-runnel=done]');
    await until('something is written', () => written.count());
    await showOriginal(opened);
  });
