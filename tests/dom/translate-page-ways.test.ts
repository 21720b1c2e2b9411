// Where a translation is shown, in which language, and what a reader can ask for again from the page itself.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageWishes } from '../../lib/protocol/page.ts';
import type { PageOptions, PageTranslator } from '../../lib/translate/page-types.ts';
import {
  arabic,
  at,
  createWorker,
  done,
  failure,
  finished,
  note,
  offered,
  press,
  restoreAll,
  select,
  setPage,
  shows,
  spanish,
  start,
  state,
  text,
  troubleOf,
  wish,
} from './page-worker.ts';

const page =
  '<p id="a">Hello <a id="link" href="/x" onclick="go()">big</a> <code id="c">x</code> world</p><ul id="l"><li id="b">Second<ul><li>Inner</li></ul></li></ul>';

beforeEach(() => setPage(page));
afterEach(restoreAll);

async function begin(wishes: Partial<PageWishes> = {}, to = '#b', more: Partial<PageOptions> = {}) {
  const worker = createWorker();
  wish(wishes);
  const translator = start(worker, more);
  const before = document.documentElement.outerHTML;
  select('#a', to);
  expect(translator.translate()).toBe('started');
  return { worker, translator, before, job: await worker.next(0) };
}

const HELLO = 'Hola <1>gran</1> <2/> mundo';

async function whole(wishes: Partial<PageWishes> = {}, more: Partial<PageOptions> = {}) {
  const begun = await begin(wishes, '#b', more);
  const { job, translator } = begun;
  job.send(spanish, text(1, HELLO), done(1), text(2, 'Segundo'), done(2), text(3, 'Interior'), done(3));
  job.end(finished);
  await translator.run?.done;
  return begun;
}

function choose(translator: PageTranslator, name: string, value: string): void {
  const list = translator.control?.root.querySelector<HTMLSelectElement>(`select.${name}`);
  if (!list || list.hidden) throw new Error(`${name} is not offered`);
  list.value = value;
  list.dispatchEvent(new Event('change'));
}

/** What of an element is seen. */
function seen(element: Element | null): string | undefined {
  const copy = element?.cloneNode(true) as Element | undefined;
  for (const hidden of copy?.querySelectorAll('[hidden]') ?? []) hidden.remove();
  return copy?.textContent;
}

const belowOf = (selector: string) => at(selector).querySelector<HTMLElement>(':scope > [data-runnel-below]');

describe('below the original', () => {
  it('leaves the page’s own nodes alone, and copies links and code', async () => {
    const { translator, job, before } = await begin({ show: 'below' });
    const nodes = [...at('#a').childNodes];
    job.send(spanish, text(1, 'Hola <1>gr'));
    await vi.waitFor(() => expect(seen(belowOf('#a'))).toBe('Hola gr'));
    expect([...at('#a').childNodes].slice(0, nodes.length)).toEqual(nodes);
    expect(at('#a').hasAttribute('data-runnel')).toBe(false);
    job.send(
      text(1, 'an</1> <2/> mundo'),
      done(1),
      text(2, 'Segundo'),
      done(2),
      text(3, 'Interior'),
      done(3),
    );
    job.end(finished);
    await translator.run?.done;
    const ours = belowOf('#a');
    expect(ours?.textContent).toBe('Hola gran x mundo');
    expect([ours?.dataset['runnel'], ours?.lang, ours?.dir]).toEqual(['done', 'es', 'ltr']);
    const link = ours?.querySelector('a');
    expect([link?.getAttribute('href'), link?.id, link?.hasAttribute('onclick')]).toEqual(['/x', '', false]);
    expect(ours?.querySelector('code')?.textContent).toBe('x');
    // Behind its own text, before the list that is nested in the block.
    expect([...at('#b').childNodes].map((node) => node.nodeName)).toEqual(['#text', 'SPAN', 'UL']);
    translator.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('is not read as part of the page by the next gesture', async () => {
    const { translator, worker } = await whole({ show: 'below' });
    wish({ show: 'in-place' });
    select('#a');
    translator.translate();
    expect((await worker.next(1)).segments).toEqual([{ id: 1, text: 'Hello <1>big</1> <2/> world' }]);
    expect(belowOf('#a')).toBeNull();
    expect(belowOf('#b')).not.toBeNull();
  });

  it('goes where its original, or words of its own, are translated once more', async () => {
    for (const pick of [() => at('#a'), () => belowOf('#a')?.querySelector('a')]) {
      setPage(page);
      const { translator, worker } = await whole({ show: 'below' });
      const words = pick()?.firstChild;
      if (!words) throw new Error('no words');
      document.getSelection()?.setBaseAndExtent(words, 1, words, 2);
      expect(translator.translate()).toBe('started');
      expect((await worker.next(1)).segments[0]?.text).toBe('Hello <1>big</1> <2/> world');
      await vi.waitFor(() => expect(at('#a').querySelectorAll('[data-runnel-below]').length).toBe(1));
      expect(belowOf('#a')?.dataset['runnel']).toBe('waiting');
      restoreAll();
    }
  });

  it('goes with the switch and comes back with it', async () => {
    const { translator, before } = await whole({ show: 'below' });
    translator.toggle();
    expect(at('#a').textContent).toBe('Hello big x world');
    expect(belowOf('#a')).toBeNull();
    translator.toggle();
    expect(belowOf('#a')?.textContent).toBe('Hola gran x mundo');
    translator.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });
});

describe('another way to show the same translation', () => {
  it('asks for nothing, and is remembered', async () => {
    const { translator, worker, before } = await whole();
    choose(translator, 'show', 'below');
    await vi.waitFor(() => expect(belowOf('#a')?.textContent).toBe('Hola gran x mundo'));
    expect(at('#a').firstChild?.textContent).toBe('Hello ');
    choose(translator, 'show', 'bubble');
    const box = () =>
      [...(translator.control?.root.querySelectorAll('.bubble p') ?? [])].map((p) => p.textContent);
    await vi.waitFor(() => expect(box()).toEqual(['Hola gran x mundo', 'Segundo', 'Interior']));
    expect(at('body').innerHTML).toBe(page.replaceAll("'", '"'));
    choose(translator, 'show', 'in-place');
    await shows('#a', 'Hola gran x mundo');
    expect([worker.jobs.length, worker.shows]).toEqual([1, ['below', 'bubble', 'in-place']]);
    translator.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('may come while the translation streams', async () => {
    const { translator, job } = await begin();
    job.send(spanish, text(1, 'Hola <1>gr'));
    await vi.waitFor(() => expect(at('#link').textContent).toBe('gr'));
    choose(translator, 'show', 'below');
    await vi.waitFor(() => expect(seen(belowOf('#a'))).toBe('Hola gr'));
    expect([at('#link').textContent, state('#a')]).toEqual(['big', null]);
    job.send(text(1, 'an</1>'), text(2, 'Segundo'));
    await vi.waitFor(() => expect(belowOf('#b')?.textContent).toBe('Segundo'));
    expect(seen(belowOf('#a'))).toBe('Hola gran');
  });
});

describe('the language', () => {
  it('is chosen in the control, the whole is asked for again, and a retry stays in it', async () => {
    const { translator, worker, before } = await whole();
    choose(translator, 'language', 'ar');
    const again = await worker.next(1);
    expect(again.request.language).toBe('ar');
    expect(again.segments.map(({ id, begun }) => [id, begun])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, undefined],
    ]);
    expect(at('#a').textContent).toBe('Hello big x world');
    again.send(arabic, text(1, 'مرحبا <1>كبير</1> <2/>'), done(1), text(2, 'ثانية'), done(2));
    again.end(failure('server'));
    await translator.run?.done;
    expect([at('#a').lang, at('#a').dir]).toEqual(['ar', 'rtl']);
    press(translator, 'retry');
    const third = await worker.next(2);
    expect([third.request.language, third.segments.map(({ id }) => id)]).toEqual(['ar', [3]]);
    translator.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('may change while another one streams', async () => {
    const { translator, worker, job } = await begin();
    job.send(spanish, text(1, 'Hola'));
    await shows('#a', 'Holax');
    choose(translator, 'language', 'fr');
    const again = await worker.next(1);
    await vi.waitFor(() => expect(job.aborted).toBe(true));
    expect([again.request.language, again.segments.length]).toEqual(['fr', 3]);
    expect(at('#a').textContent).toBe('Hello big x world');
  });
});

describe('a block that failed', () => {
  const marks = () =>
    [...document.documentElement.children].filter(({ localName }) =>
      /^r[0-9a-z]+-r[0-9a-z]+$/.test(localName),
    );

  it('has a mark of its own, and asks for itself alone', async () => {
    const { translator, worker, job } = await begin();
    const hosts = marks().length;
    job.send(spanish, text(1, HELLO), done(1));
    job.send({ type: 'segment', id: 2, state: 'failed', trouble: troubleOf('server') });
    job.send({ type: 'segment', id: 3, state: 'failed', trouble: troubleOf('server') });
    job.end(finished);
    await translator.run?.done;
    // One word for one cause, however many blocks have it.
    expect(note(translator)).toBe('words for server');
    expect(marks().length).toBe(hosts + 2);
    const [second] = translator.run?.items.filter((item) => item.state === 'failed') ?? [];
    if (!second) throw new Error('no failed block');
    translator.run?.start({ items: [second] });
    expect((await worker.next(1)).segments.map(({ id }) => id)).toEqual([2]);
    expect(marks().length).toBe(hosts);
    translator.restore();
    expect(marks().length).toBe(0);
  });
});

describe('a long text', () => {
  it('is not sent before its reader agrees to the size', async () => {
    const { translator, worker, job, before } = await begin();
    job.end({ type: 'done', value: { estimate: 'About 45,000 tokens, about $0.031.' } });
    await translator.run?.done;
    expect(note(translator)).toBe('About 45,000 tokens, about $0.031. Nothing was sent yet.');
    expect(offered(translator)).toEqual(['confirm', 'close']);
    expect(document.body.outerHTML).toBe(before.slice(before.indexOf('<body'), before.indexOf('</html')));
    press(translator, 'confirm');
    const again = await worker.next(1);
    expect([again.request.isConfirmed, again.segments.length]).toEqual([true, 3]);
  });
});

describe('what is left alone', () => {
  it('is the reader’s list', async () => {
    const { job } = await begin({ leftAlone: '#b' }, '#a');
    expect(job.segments).toEqual([{ id: 1, text: 'Hello <1>big</1> <2>x</2> world' }]);
  });

  it('is what never can be translated, where the list is broken', async () => {
    const { job } = await begin({ leftAlone: 'p >' }, '#a');
    expect(job.segments).toHaveLength(1);
  });
});

describe('the pointer that rests on a translation', () => {
  const rest = (target: Element, clientX = 5) =>
    target.dispatchEvent(
      Object.assign(new MouseEvent('pointermove', { bubbles: true, composed: true, clientX, clientY: 5 }), {
        pointerType: 'mouse',
      }),
    );
  const hosts = () => document.documentElement.children.length;

  it('sees the original, until it moves on or Escape is pressed', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await whole({ showsOriginalOnHover: true });
      const before = hosts();
      rest(at('#a'));
      expect(hosts()).toBe(before);
      vi.advanceTimersByTime(700);
      expect(hosts()).toBe(before + 1);
      rest(at('#a'), 8);
      expect(hosts()).toBe(before + 1);
      rest(at('#a'), 200);
      expect(hosts()).toBe(before);
      vi.advanceTimersByTime(700);
      expect(hosts()).toBe(before + 1);
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      expect(hosts()).toBe(before);
      rest(at('#l'));
      vi.advanceTimersByTime(700);
      expect(hosts()).toBe(before);
    } finally {
      vi.useRealTimers();
    }
  });

  it('sees the original of the innermost block', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await whole({ showsOriginalOnHover: true });
      const attached = vi.spyOn(Element.prototype, 'attachShadow');
      rest(at('#b li'));
      vi.advanceTimersByTime(700);
      const root = attached.mock.results[0]?.value as ShadowRoot | undefined;
      expect(root?.querySelector('.tip')?.textContent).toBe('Inner');
    } finally {
      vi.restoreAllMocks();
      vi.useRealTimers();
    }
  });

  it('is a person’s, and rests on what is there', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let isPerson = true;
    try {
      await whole({ showsOriginalOnHover: true }, { isTrusted: () => isPerson });
      const before = hosts();
      isPerson = false;
      rest(at('#a'));
      vi.advanceTimersByTime(700);
      expect(hosts()).toBe(before);
      isPerson = true;
      rest(at('#a'));
      at('#a').remove();
      vi.advanceTimersByTime(700);
      expect(hosts()).toBe(before);
    } finally {
      vi.useRealTimers();
    }
  });

  it('sees nothing where the reader does not want it', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await whole({ showsOriginalOnHover: false });
      const before = hosts();
      rest(at('#a'));
      vi.advanceTimersByTime(700);
      expect(hosts()).toBe(before);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('text of a frame that no script may enter', () => {
  it('is shown in a box, and the page is left alone', async () => {
    const worker = createWorker();
    wish({ text: 'One thing.\n\nAnother thing.' });
    const translator = start(worker);
    const before = document.body.outerHTML;
    select('#a');
    expect(translator.translate()).toBe('started');
    const job = await worker.next(0);
    expect(job.segments.map((segment) => segment.text)).toEqual(['One thing.', 'Another thing.']);
    job.send(spanish, text(1, 'Una cosa.'), done(1), text(2, 'Otra cosa.'), done(2));
    job.end(finished);
    await translator.run?.done;
    const box = translator.control?.root.querySelector('.bubble');
    expect(box?.textContent).toBe('Una cosa.Otra cosa.');
    expect(document.body.outerHTML).toBe(before);
    expect(offered(translator)).toEqual(['copy', 'more', 'close', 'copy-both']);
  });
});

describe('parts that are not there yet', () => {
  it('are asked for', () => {
    const worker = createWorker();
    const bare = { fields: () => undefined, below: () => undefined };
    const translator = start(worker, bare);
    select('#a');
    wish({ show: 'below' });
    expect(translator.translate()).toBe('needs-below');
    wish({ text: 'Words' });
    expect(translator.translate()).toBe('needs-field');
    wish({});
    expect(translator.translate()).toBe('started');
  });
});

describe('a list of the control', () => {
  it('asks for what the keys stop at, not for what they pass', async () => {
    const { translator, worker } = await whole();
    const list = translator.control?.root.querySelector<HTMLSelectElement>('select.language');
    for (const value of ['fr', 'ar', 'fr', 'ar']) {
      list?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
      choose(translator, 'language', value);
    }
    expect((await worker.next(1)).request.language).toBe('ar');
    expect(worker.jobs).toHaveLength(2);
  });
});

describe('a selection that begins and ends within a line', () => {
  it('takes along the words beside it, to be understood and not to be translated', async () => {
    setPage('<p id="a">The stream begins high up and ends in the sea.</p><p id="b">Second one here.</p>');
    const worker = createWorker();
    wish({});
    const translator = start(worker);
    const [first, last] = [at('#a').firstChild, at('#b').firstChild];
    if (!first || !last) throw new Error('no text');
    document.getSelection()?.setBaseAndExtent(first, 11, last, 6);
    translator.translate();
    const job = await worker.next(0);
    expect(job.segments).toEqual([
      { id: 1, text: 'begins high up and ends in the sea.', context: 'The stream […]' },
      { id: 2, text: 'Second', context: '[…] one here.' },
    ]);
    job.send(spanish, text(1, 'empieza'), done(1), text(2, 'Segundo'), done(2));
    job.end(finished);
    await translator.run?.done;
    expect([at('#a').textContent, at('#b').textContent]).toEqual(['The stream empieza', 'Segundo one here.']);
  });

  it('sends nothing along where white space alone is left over', async () => {
    setPage('<p id="a">  Whole line.  </p>');
    const { job } = await begin({}, '#a');
    expect(job.segments).toEqual([{ id: 1, text: 'Whole line.' }]);
  });
});
