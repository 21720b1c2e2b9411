// A page with a translator in it, and the worker at the other end of its wire, played by the test.
import { expect, vi } from 'vitest';
import type { Trouble } from '../../lib/engine/errors.ts';
import { type Channel, channelPair } from '../../lib/protocol/channel.ts';
import type { LastEvent, Request, SegmentEvent } from '../../lib/protocol/contract.ts';
import type { PageTrouble, PageWishes } from '../../lib/protocol/page.ts';
import { createAids } from '../../lib/translate/aids.ts';
import { placeBelow } from '../../lib/translate/below.ts';
import { fieldTools } from '../../lib/translate/field-tools.ts';
import { createPageTranslator } from '../../lib/translate/page.ts';
import type { PageOptions, PageTranslator } from '../../lib/translate/page-types.ts';
import { USUALLY_LEFT } from './translate-support.ts';

type Translate = Extract<Request, { type: 'translate' }>;

/** One request as the worker sees it. */
interface Job {
  segments: Translate['segments'];
  request: Translate;
  aborted: boolean;
  left: boolean;
  send(...events: SegmentEvent[]): void;
  end(last: LastEvent<'translate'>): void;
  /** Dies without a last event. */
  die(): void;
}

export function createWorker() {
  const jobs: Job[] = [];
  /** What the page asked to remember for its site. */
  const shows: string[] = [];
  const connect = (): Channel => {
    const [page, worker] = channelPair();
    worker.onMessage((message) => {
      const request = message as Translate | { type: 'abort' } | Extract<Request, { type: 'show-here' }>;
      if (request.type === 'show-here') {
        shows.push(request.show);
        worker.post({ type: 'done', value: null });
        return worker.close();
      }
      const job = jobs.find((known) => known === own);
      if (request.type === 'abort') {
        if (job) job.aborted = true;
        worker.post({ type: 'error', trouble: { code: 'aborted', message: '' } });
        return worker.close();
      }
      own.segments = request.segments;
      own.request = request;
      jobs.push(own);
    });
    const own: Job = {
      segments: [],
      request: { type: 'translate', segments: [] },
      aborted: false,
      left: false,
      send(...events) {
        worker.post({ type: 'segments', events });
      },
      end(last) {
        worker.post(last);
        worker.close();
      },
      die: () => worker.close(),
    };
    worker.onClose(() => {
      own.left = true;
    });
    return page;
  };
  /** A key's step in a list counts after 900 ms. */
  const next = (index = jobs.length) => vi.waitFor(() => expectJob(jobs[index]), { timeout: 5000 });
  return { connect, jobs, shows, next };
}

function expectJob(job: Job | undefined): Job {
  if (!job) throw new Error('no request came');
  return job;
}

const choices = [
  { tag: 'es', name: 'Spanish' },
  { tag: 'fr', name: 'French' },
  { tag: 'ar', name: 'Arabic' },
];
export const spanish: SegmentEvent = { type: 'language', tag: 'es', dir: 'ltr', name: 'Spanish', choices };
export const arabic: SegmentEvent = { type: 'language', tag: 'ar', dir: 'rtl', name: 'Arabic', choices };
export const text = (id: number, text: string): SegmentEvent => ({ type: 'segment', id, text });
export const done = (id: number): SegmentEvent => ({ type: 'segment', id, state: 'done' });
export const finished: LastEvent<'translate'> = { type: 'done', value: {} };
export const troubleOf = (code: Trouble['code']): PageTrouble => ({
  code,
  message: 'x',
  title: `words for ${code}`,
});
export const failure = (code: Trouble['code']): LastEvent<'translate'> => ({
  type: 'done',
  value: { trouble: troubleOf(code) },
});

let open: PageTranslator[] = [];
let wishes: PageWishes;

/** What the worker tells with the next gestures. */
export function wish(wanted: Partial<PageWishes>): void {
  wishes = { show: 'in-place', leftAlone: USUALLY_LEFT, showsOriginalOnHover: false, ...wanted };
}
wish({});

/** Takes back what every translator of the test has done. */
export function restoreAll(): void {
  for (const translator of open) translator.restore();
  open = [];
  wish({});
}

/** Builds a page from a fixture's markup; test code, so a parser is fine. */
export function setPage(markup: string): void {
  const parsed = new DOMParser().parseFromString(markup, 'text/html');
  document.body.replaceChildren(...parsed.body.childNodes);
}

export function start(
  worker: ReturnType<typeof createWorker>,
  more: Partial<PageOptions> = {},
): PageTranslator {
  const translator = createPageTranslator({
    connect: worker.connect,
    window,
    wishes: () => wishes,
    fields: () => fieldTools,
    below: () => placeBelow,
    aids: () => createAids,
    isTrusted: () => true,
    ...more,
  });
  open.push(translator);
  return translator;
}

export function select(from: string, to = from): void {
  const [first, last] = [at(from), at(to)];
  document.getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
}

export function at(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

export const state = (selector: string) => at(selector).getAttribute('data-runnel');
export const shows = (selector: string, expected: string) =>
  vi.waitFor(() => expect(at(selector).textContent).toBe(expected));
export const progress = (translator: PageTranslator) =>
  translator.control?.root.querySelector('.progress')?.textContent;
export const note = (translator: PageTranslator) =>
  translator.control?.root.querySelector('.note')?.textContent;

export function offered(translator: PageTranslator): string[] {
  const buttons = translator.control?.root.querySelectorAll('button') ?? [];
  return [...buttons].filter((button) => !button.hidden).map((button) => button.className);
}

export function press(translator: PageTranslator, name: string): void {
  const button = translator.control?.root.querySelector<HTMLButtonElement>(`button.${name}`);
  if (!button || button.hidden) throw new Error(`${name} is not offered`);
  button.click();
}
