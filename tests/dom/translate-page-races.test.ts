// What an impatient reader does to a translation: two things at once, one thing twice, and a change of mind.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../lib/protocol/channel.ts';
import type { PageWishes } from '../../lib/protocol/page.ts';
import { createAids } from '../../lib/translate/aids.ts';
import type { PageOptions, PageTranslator } from '../../lib/translate/page-types.ts';
import {
  at,
  createWorker,
  done,
  finished,
  note,
  offered,
  press,
  progress,
  restoreAll,
  select,
  setPage,
  shows,
  spanish,
  start,
  text,
  wish,
} from './page-worker.ts';

const page = '<p id="a">Hello <b>big</b> and <i>small</i> world</p><p id="b">Second</p>';

beforeEach(() => setPage(page));
afterEach(() => {
  vi.useRealTimers();
  restoreAll();
});

function open(more: Partial<PageOptions> = {}, worker = createWorker()) {
  const before = document.documentElement.outerHTML;
  return { worker, before, translator: start(worker, more) };
}

async function gesture(
  { translator, worker }: Pick<ReturnType<typeof open>, 'translator' | 'worker'>,
  selector: string,
  wishes: Partial<PageWishes> = {},
) {
  const count = worker.jobs.length;
  wish(wishes);
  select(selector);
  expect(translator.translate()).toBe('started');
  return worker.next(count);
}

const HELLO = 'Hola <2>chico</2> y <1>gran</1> mundo';

async function whole(more: Partial<PageOptions> = {}, worker = createWorker()) {
  const opened = open(more, worker);
  const job = await gesture(opened, '#a');
  job.send(spanish, text(1, HELLO), done(1));
  job.end(finished);
  await opened.translator.run?.done;
  return { ...opened, job };
}

function listOf(translator: PageTranslator, name: string): HTMLSelectElement {
  const list = translator.control?.root.querySelector<HTMLSelectElement>(`select.${name}`);
  if (!list || list.hidden) throw new Error(`${name} is not offered`);
  return list;
}

function choose(translator: PageTranslator, name: string, value: string): void {
  const list = listOf(translator, name);
  list.value = value;
  list.dispatchEvent(new Event('change'));
}

/** One key's step in a closed list. */
function step(list: HTMLSelectElement, value: string): void {
  list.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
  list.value = value;
  list.dispatchEvent(new Event('change'));
}

const belowOf = (selector: string) => at(selector).querySelector<HTMLElement>(':scope > [data-runnel-below]');
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the switch of the whole page', () => {
  it('brings a translation back although another one is in a box', async () => {
    const opened = await whole();
    const job = await gesture(opened, '#b', { show: 'bubble' });
    job.send(spanish, text(1, 'Segundo'), done(1));
    job.end(finished);
    await opened.translator.run?.done;
    opened.translator.toggle();
    expect(at('#a').textContent).toBe('Hello big and small world');
    opened.translator.toggle();
    expect(at('#a').textContent).toBe('Hola chico y gran mundo');
  });

  it('brings a translation back although another one streams', async () => {
    const opened = await whole();
    await gesture(opened, '#b');
    opened.translator.toggle();
    opened.translator.toggle();
    expect(at('#a').textContent).toBe('Hola chico y gran mundo');
  });
});

describe('a choice of the control that takes a while', () => {
  it('finds the originals switched on, and leaves nothing behind', async () => {
    const { translator, before } = await whole();
    choose(translator, 'show', 'below');
    translator.toggle();
    await vi.waitFor(() => expect(belowOf('#a')?.textContent).toBe('Hola chico y gran mundo'));
    translator.toggle();
    translator.toggle();
    translator.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('does nothing after everything was put back', async () => {
    const { translator, worker, before } = await whole();
    const show = listOf(translator, 'show');
    choose(translator, 'language', 'fr');
    step(show, 'below');
    press(translator, 'restore');
    await wait(1000);
    expect([worker.jobs.length, worker.shows]).toEqual([1, []]);
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('is overtaken by the next', async () => {
    const worker = createWorker();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isHeld = false;
    const connect = (): Channel => {
      const channel = worker.connect();
      if (!isHeld) return channel;
      isHeld = false;
      return {
        post: (message) => channel.post(message),
        onMessage: (listen) => channel.onMessage((one) => void held.then(() => listen(one))),
        onClose: () => {},
        close: () => channel.close(),
      };
    };
    const { translator } = await whole({ connect }, worker);
    isHeld = true;
    choose(translator, 'show', 'below');
    await vi.waitFor(() => expect(worker.shows).toEqual(['below']));
    choose(translator, 'show', 'bubble');
    await vi.waitFor(() => expect(translator.control?.root.querySelector('.bubble p')).not.toBeNull());
    letGo();
    await wait(50);
    expect([belowOf('#a'), listOf(translator, 'show').value]).toEqual([null, 'bubble']);
  });
});

it('what has changed places in the text keeps its looks below it', async () => {
  const { translator, before } = await whole();
  expect(at('#a').innerHTML).toBe('Hola <i>chico</i> y <b>gran</b> mundo');
  choose(translator, 'show', 'below');
  await vi.waitFor(() => expect(belowOf('#a')?.innerHTML).toBe('Hola <i>chico</i> y <b>gran</b> mundo'));
  translator.restore();
  expect(document.documentElement.outerHTML).toBe(before);
});

describe('the list of languages', () => {
  it('is not set back under the hands of its reader', async () => {
    const opened = open();
    const job = await gesture(opened, '#a');
    job.send(spanish);
    await vi.waitFor(() => expect(listOf(opened.translator, 'language').value).toBe('es'));
    const list = listOf(opened.translator, 'language');
    step(list, 'fr');
    job.send(text(1, HELLO), done(1));
    await vi.waitFor(() => expect(progress(opened.translator)).toBe('1 of 1'));
    expect(list.value).toBe('fr');
    expect((await opened.worker.next(1)).request.language).toBe('fr');
    expect(list.value).toBe('fr');
  });

  it('asks for nothing where the reader came back to the same', async () => {
    const { translator, worker } = await whole();
    const list = listOf(translator, 'language');
    step(list, 'fr');
    step(list, 'es');
    await wait(1100);
    expect(worker.jobs).toHaveLength(1);
    expect(at('#a').textContent).toBe('Hola chico y gran mundo');
  });
});

it('an answer without an end is begun anew, not gone on with: the worker would take nothing of it', async () => {
  const opened = open();
  const job = await gesture(opened, '#b');
  job.send(spanish, text(1, 'bla '.repeat(10_001)));
  await vi.waitFor(() => expect(at('#b').textContent).toContain('bla'));
  press(opened.translator, 'stop');
  press(opened.translator, 'continue');
  expect((await opened.worker.next(1)).segments).toEqual([{ id: 1, text: 'Second' }]);
});

describe('help that comes late', () => {
  const hosts = () => document.documentElement.children.length;

  it('is asked for once more where it could not be brought', async () => {
    let [asked, isRefused] = [0, true];
    const worker = createWorker();
    const connect = () => {
      if (isRefused) asked += 1;
      if (isRefused) throw new Error('Extension context invalidated.');
      return worker.connect();
    };
    const opened = open({ connect, aids: () => undefined }, worker);
    wish({});
    select('#a');
    opened.translator.translate();
    await vi.waitFor(() => expect(asked).toBe(2));
    opened.translator.toggle();
    await vi.waitFor(() => expect(asked).toBe(3));
    isRefused = false;
  });

  it('for the blocks of one translation is not taken away by another', async () => {
    const opened = await whole();
    const job = await gesture(opened, '#b');
    job.send({ type: 'segment', id: 1, state: 'failed' });
    job.end(finished);
    await opened.translator.run?.done;
    const before = hosts();
    at('#a').textContent = 'Drawn anew';
    await wait(600);
    expect(hosts()).toBe(before);
  });
});

describe('a size that is to be confirmed', () => {
  const estimate = {
    type: 'done',
    value: { estimate: 'About 30,000 tokens.' },
  } as const;

  it('is confirmed although the originals were switched on', async () => {
    const opened = open();
    const { translator, worker } = opened;
    (await gesture(opened, '#a')).end(estimate);
    await translator.run?.done;
    translator.toggle();
    press(translator, 'confirm');
    const again = await worker.next(1);
    again.send(spanish, text(1, HELLO), done(1));
    again.end(finished);
    await shows('#a', 'Hola chico y gran mundo');
    await vi.waitFor(() => expect(progress(translator)).toBe('1 of 1'));
    expect(offered(translator)).toContain('copy');
  });

  it('goes on with what has begun', async () => {
    const opened = open();
    const { translator, worker } = opened;
    const job = await gesture(opened, '#b');
    job.send(spanish, text(1, 'Segu'));
    await shows('#b', 'Segu');
    press(translator, 'stop');
    press(translator, 'continue');
    (await worker.next(1)).end(estimate);
    await vi.waitFor(() => expect(offered(translator)).toContain('confirm'));
    press(translator, 'confirm');
    expect((await worker.next(2)).segments).toEqual([{ id: 1, text: 'Second', begun: 'Segu' }]);
  });
});

it('a translation that is switched to its original is not forgotten by the next gesture', async () => {
  const opened = await whole();
  opened.translator.toggle();
  expect(at('#a').textContent).toBe('Hello big and small world');
  const job = await gesture(opened, '#b');
  job.send(spanish, text(1, 'Segundo'), done(1));
  job.end(finished);
  await opened.translator.run?.done;
  opened.translator.toggle();
  opened.translator.toggle();
  expect(at('#a').textContent).toBe('Hola chico y gran mundo');
  opened.translator.restore();
  expect(document.documentElement.outerHTML).toBe(opened.before);
});

it('a copy that is asked for before the part for it has come waits for it', async () => {
  const worker = createWorker();
  let create: ReturnType<PageOptions['aids']>;
  const opened = await whole({ aids: () => create }, worker);
  const writeText = vi.fn(async () => {});
  Object.defineProperty(window.navigator, 'clipboard', { value: { writeText }, configurable: true });
  press(opened.translator, 'copy');
  await wait(20);
  expect([note(opened.translator), writeText.mock.calls.length]).toEqual(['', 0]);
  create = createAids;
  // The request to bring it, as this worker keeps it.
  (await worker.next(1)).end(finished);
  await vi.waitFor(() => expect(writeText).toHaveBeenCalledWith('Hola chico y gran mundo'));
});
