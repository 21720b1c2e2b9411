import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../lib/protocol/channel.ts';
import { isShown } from '../../lib/translate/item.ts';
import { translationsOf } from '../../lib/translate/pairs.ts';
import {
  at,
  createWorker,
  done,
  failure,
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
  state,
  text,
  troubleOf,
} from './page-worker.ts';

const page = `<h1>Title</h1><p id="a">Hello <b>big</b> world</p><ul><li id="b" lang="en">Second</li></ul><p id="c">Third</p>`;

const pressEscape = () =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));

beforeEach(() => setPage(page));
afterEach(restoreAll);

describe('a run', () => {
  it('sends the blocks, streams into them, and ends done', async () => {
    const worker = createWorker();
    const translator = start(worker);
    select('#a', '#b');
    expect(translator.translate()).toBe('started');
    const job = await worker.next(0);
    expect(job.segments).toEqual([
      { id: 1, text: 'Hello <1>big</1> world' },
      { id: 2, text: 'Second' },
    ]);
    await vi.waitFor(() => expect([state('#a'), state('#b')]).toEqual(['waiting', 'waiting']));
    expect(at('#a').textContent).toBe('Hello big world');
    expect(at('#a').hasAttribute('lang')).toBe(false);

    job.send(spanish, text(1, 'Hola <'), text(1, '1>gr'));
    await shows('#a', 'Hola gr');
    expect(at('b').textContent).toBe('gr');
    expect([state('#a'), state('#b')]).toEqual(['streaming', 'waiting']);
    expect([at('#a').lang, at('#a').dir, at('#b').lang]).toEqual(['es', 'ltr', 'en']);
    expect(progress(translator)).toBe('0 of 2');
    expect(offered(translator)).toEqual(['stop', 'more']);

    job.send(text(1, 'an</1> mundo'), done(1), text(2, 'Segundo'), done(2));
    job.end(finished);
    const status = await translator.run?.done;
    expect(status).toMatchObject({ isRunning: false, total: 2, finished: 2, troubles: [] });
    expect([at('#a').textContent, at('#b').textContent]).toEqual(['Hola gran mundo', 'Segundo']);
    expect([state('#a'), state('#b'), at('#b').lang]).toEqual(['done', 'done', 'es']);
    expect(progress(translator)).toBe('2 of 2');
    expect(offered(translator)).toEqual(['switch', 'restore', 'copy', 'more', 'close', 'copy-both']);
    expect(translationsOf(translator.run?.items ?? [])).toEqual(['Hola gran mundo', 'Segundo']);
  });

  it('leaves nothing behind after restore', async () => {
    const worker = createWorker();
    const translator = start(worker);
    const before = document.documentElement.outerHTML;
    const nodes = [...at('#a').childNodes, at('#b').firstChild];
    select('h1', '#c');
    translator.translate();
    const job = await worker.next(0);
    job.send(spanish, text(1, 'T'), done(1), text(2, 'Hola'), text(3, 'S'));
    await shows('#b', 'S');
    expect(translator.run?.items.some(isShown)).toBe(true);
    press(translator, 'stop');
    press(translator, 'restore');
    expect(document.documentElement.outerHTML).toBe(before);
    expect([...at('#a').childNodes, at('#b').firstChild].every((node, index) => node === nodes[index])).toBe(
      true,
    );
    expect(translator.run).toBeUndefined();
    expect(translator.control).toBeUndefined();
  });

  it('says when there is nothing to translate', () => {
    const translator = start(createWorker(), { maxChars: 3 });
    document.getSelection()?.removeAllRanges();
    expect(translator.translate()).toBe('no-selection');
    select('h1');
    expect(translator.translate()).toBe('too-long');
    expect(document.querySelector('[data-runnel]')).toBeNull();
  });

  it('says that only the first part was taken', async () => {
    const worker = createWorker();
    const translator = start(worker, { maxChars: 8 });
    select('h1', '#c');
    expect(translator.translate()).toBe('started');
    const job = await worker.next(0);
    expect(job.segments).toEqual([{ id: 1, text: 'Title' }]);
    job.send(text(1, 'T'), done(1));
    job.end(finished);
    await translator.run?.done;
    expect(note(translator)).toContain('too long');
  });
});

describe('an end before the end', () => {
  async function halfWay() {
    const worker = createWorker();
    const translator = start(worker);
    select('#a', '#c');
    translator.translate();
    const job = await worker.next(0);
    job.send(spanish, text(1, 'Hola <1>x</1> y'), done(1), text(2, 'Segu'));
    await shows('#b', 'Segu');
    return { worker, translator, job };
  }

  it('Escape stops: what is whole stays, what has begun is partial, the rest is original', async () => {
    const { translator, job } = await halfWay();
    pressEscape();
    expect([state('#a'), state('#b'), state('#c')]).toEqual(['done', 'partial', null]);
    expect([at('#b').textContent, at('#c').textContent]).toEqual(['Segu', 'Third']);
    expect(note(translator)).toBe('');
    await vi.waitFor(() => expect(job.aborted).toBe(true));
    job.send(text(2, 'ndo'));
    expect(await translator.run?.done).toMatchObject({ finished: 1, troubles: [] });
    expect(offered(translator)).toEqual([
      'continue',
      'switch',
      'restore',
      'copy',
      'more',
      'close',
      'copy-both',
    ]);
  });

  it('Escape is left to the page when nothing runs, and a script cannot press it', async () => {
    const { translator } = await halfWay();
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    pressEscape();
    expect(heard).toHaveBeenCalledTimes(0);
    pressEscape();
    expect(heard).toHaveBeenCalledTimes(1);
    document.removeEventListener('keydown', heard);
    expect(translator.run?.status.isRunning).toBe(false);
  });

  it('a page that presses our keys and buttons changes nothing', async () => {
    const worker = createWorker();
    const translator = start(worker, { isTrusted: (event) => event.isTrusted });
    select('#a');
    translator.translate();
    const job = await worker.next(0);
    pressEscape();
    press(translator, 'stop');
    window.dispatchEvent(new Event('pagehide'));
    expect(translator.run?.status.isRunning).toBe(true);
    expect(job.aborted).toBe(false);
  });

  it('a dead worker leaves partial where text came and the original where none did', async () => {
    const { translator, job } = await halfWay();
    job.die();
    const status = await translator.run?.done;
    expect(status?.troubles[0]?.code).toBe('worker-gone');
    expect([state('#a'), state('#b'), state('#c')]).toEqual(['done', 'partial', 'failed']);
    expect(at('#c').textContent).toBe('Third');
    expect(note(translator)).toBe('The browser ended the background worker.');
    expect(offered(translator)).toContain('continue');
  });

  it('an error that ends the run does the same', async () => {
    const { translator, job } = await halfWay();
    job.end(failure('rate-limited'));
    await translator.run?.done;
    expect([state('#a'), state('#b'), state('#c')]).toEqual(['done', 'partial', 'failed']);
    expect(note(translator)).toBe('words for rate-limited');
  });

  it('a segment may fail alone', async () => {
    const { translator, job } = await halfWay();
    job.send(
      { type: 'segment', id: 2, state: 'failed', trouble: troubleOf('content-filter') },
      text(3, 'Tercero'),
      done(3),
    );
    job.end(finished);
    const status = await translator.run?.done;
    expect(status).toMatchObject({ total: 3, finished: 2, troubles: [{ code: 'content-filter' }] });
    expect([state('#b'), at('#b').textContent, at('#b').lang]).toEqual(['failed', 'Second', 'en']);
  });

  it('a segment may start again', async () => {
    const { job } = await halfWay();
    job.send({ type: 'segment', id: 2, state: 'waiting' });
    await vi.waitFor(() => expect([state('#b'), at('#b').textContent]).toEqual(['waiting', 'Second']));
    job.send(text(2, 'Segundo'), done(2));
    await shows('#b', 'Segundo');
  });

  it('an empty answer is a failure, not a translation', async () => {
    const { translator, job } = await halfWay();
    job.send(text(3, '  \n'), done(3));
    job.end(finished);
    await translator.run?.done;
    expect([state('#c'), at('#c').textContent]).toEqual(['failed', 'Third']);
  });

  it('leaving the page ends the run there and at the worker', async () => {
    const { translator, job } = await halfWay();
    window.dispatchEvent(new Event('pagehide'));
    expect([state('#a'), state('#b'), state('#c')]).toEqual(['done', 'partial', 'failed']);
    expect(translator.run?.status.isRunning).toBe(false);
    await vi.waitFor(() => expect(job.left).toBe(true));
  });

  it('Continue asks only for what is not whole, and goes on from what came', async () => {
    const { worker, translator, job } = await halfWay();
    job.end(failure('server'));
    await translator.run?.done;
    press(translator, 'continue');
    const again = await worker.next(1);
    expect(again.segments).toEqual([
      { id: 2, text: 'Second', begun: 'Segu' },
      { id: 3, text: 'Third' },
    ]);
    await vi.waitFor(() => expect([state('#b'), at('#b').textContent]).toEqual(['streaming', 'Segu']));
    again.send(text(2, 'ndo'), done(2), text(3, 'Tercero'), done(3));
    again.end(finished);
    expect(await translator.run?.done).toMatchObject({ finished: 3, troubles: [] });
    expect([at('#b').textContent, at('#c').textContent]).toEqual(['Segundo', 'Tercero']);
  });

  it('a refused retry says how to go on, and the gesture without a selection goes on', async () => {
    const { worker, translator, job } = await halfWay();
    job.end(failure('server'));
    await translator.run?.done;
    press(translator, 'continue');
    (await worker.next(1)).end(failure('permission'));
    await translator.run?.done;
    expect(note(translator)).toContain('shortcut');
    document.getSelection()?.removeAllRanges();
    expect(translator.translate()).toBe('started');
    expect((await worker.next(2)).segments).toHaveLength(2);
  });
});

describe('an extension that was updated or switched off', () => {
  const gone = (): Channel => {
    throw new Error('Extension context invalidated.');
  };

  /** A run whose first block is whole and whose second has begun, and a switch for the extension. */
  async function halfWay() {
    const worker = createWorker();
    const life = { isAlive: true };
    const connect = () => (life.isAlive ? worker.connect() : gone());
    const before = document.documentElement.outerHTML;
    const translator = start(worker, { connect, isAlive: () => life.isAlive });
    select('#a', '#c');
    translator.translate();
    const job = await worker.next(0);
    job.send(spanish, text(1, 'Hola <1>x</1> y'), done(1), text(2, 'Segu'));
    await shows('#b', 'Segu');
    return { worker, life, translator, job, before };
  }

  const onlyTheWholeStays = () => {
    expect([state('#a'), state('#b'), state('#c')]).toEqual(['done', null, null]);
    expect([at('#a').textContent, at('#b').textContent, at('#c').textContent]).toEqual([
      'Hola x y',
      'Second',
      'Third',
    ]);
  };

  it('in a run: what is whole stays, the rest goes back, the control goes', async () => {
    const { life, translator, job } = await halfWay();
    // As measured: the port goes first, and the id a little later.
    job.die();
    await translator.run?.done;
    expect(offered(translator)).toContain('continue');
    life.isAlive = false;
    await vi.waitFor(() => expect(translator.control).toBeUndefined());
    onlyTheWholeStays();
  });

  it('after a run that stopped: Retry leaves what is whole and goes', async () => {
    const { life, translator } = await halfWay();
    pressEscape();
    life.isAlive = false;
    press(translator, 'continue');
    expect(translator.control).toBeUndefined();
    onlyTheWholeStays();
  });

  it('while the page was in the back/forward cache: the same, when it is back', async () => {
    const { life, translator } = await halfWay();
    window.dispatchEvent(new Event('pagehide'));
    life.isAlive = false;
    expect([state('#b'), state('#c')]).toEqual(['partial', 'failed']);
    window.dispatchEvent(new Event('pageshow'));
    expect(translator.control).toBeUndefined();
    onlyTheWholeStays();
  });

  it('before anything was asked: the page is as it was', async () => {
    const before = document.documentElement.outerHTML;
    const translator = start(createWorker(), { connect: gone, isAlive: () => false });
    select('#a');
    expect(translator.translate()).toBe('started');
    await translator.run?.done;
    expect(translator.control).toBeUndefined();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('a gesture in the new version starts from the originals, and leaves the other blocks', async () => {
    const { life, translator, job, before } = await halfWay();
    job.send(text(2, 'ndo'), done(2), text(3, 'Tercero'), done(3));
    job.end(finished);
    await translator.run?.done;
    life.isAlive = false;
    const worker = createWorker();
    const next = start(worker);
    const bold = at('#a b').firstChild;
    if (!bold) throw new Error('no text');
    document.getSelection()?.setBaseAndExtent(bold, 0, bold, 1);
    expect(next.translate()).toBe('started');
    expect(translator.control).toBeUndefined();
    expect((await worker.next(0)).segments).toEqual([{ id: 1, text: 'Hello <1>big</1> world' }]);
    expect([at('#b').textContent, at('#c').textContent]).toEqual(['Segundo', 'Tercero']);
    next.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('two old versions end with the third', async () => {
    const { life, before } = await halfWay();
    life.isAlive = false;
    const worker = createWorker();
    const second = { isAlive: true };
    const next = start(worker, { isAlive: () => second.isAlive });
    select('#c');
    next.translate();
    (await worker.next(0)).send(text(1, 'Tercero'), done(1));
    await shows('#c', 'Tercero');
    second.isAlive = false;
    const last = start(createWorker());
    select('h1');
    last.translate();
    last.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('a script that was ended with its extension leaves nothing that looks alive beside the next one', async () => {
    const { translator } = await halfWay();
    const host = translator.control?.host;
    // As Firefox shows it to extensions.
    Object.assign(host ?? {}, { openOrClosedShadowRoot: translator.control?.root });
    start(createWorker());
    expect(host?.isConnected).toBe(false);
    expect([state('#a'), state('#b'), state('#c')]).toEqual(['done', 'partial', null]);
  });

  it('a page that sends our words moves nothing while the extension lives', async () => {
    const { translator } = await halfWay();
    document.dispatchEvent(new Event('runnel-gesture'));
    document.dispatchEvent(new Event('runnel-restore'));
    expect(translator.run?.status.isRunning).toBe(true);
    expect([state('#a'), state('#b'), state('#c')]).toEqual(['done', 'streaming', 'waiting']);
  });
});

describe('a second gesture', () => {
  async function translated() {
    const worker = createWorker();
    const translator = start(worker);
    const before = document.documentElement.outerHTML;
    select('#a', '#b');
    translator.translate();
    const job = await worker.next(0);
    job.send(spanish, text(1, 'Hola <1>gran</1> mundo'), done(1), text(2, 'Segundo'), done(2));
    job.end(finished);
    await translator.run?.done;
    return { worker, translator, before };
  }

  it('on translated text starts from the originals', async () => {
    const { worker, translator, before } = await translated();
    const bold = at('#a b').firstChild;
    if (!bold) throw new Error('no text');
    document.getSelection()?.setBaseAndExtent(bold, 1, bold, 3);
    expect(translator.translate()).toBe('started');
    expect((await worker.next(1)).segments).toEqual([{ id: 1, text: 'Hello <1>big</1> world' }]);
    expect(at('#b').textContent).toBe('Segundo');
    translator.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('elsewhere keeps both, and restore undoes both', async () => {
    const { worker, translator, before } = await translated();
    select('#c');
    translator.translate();
    (await worker.next(1)).send(text(1, 'Tercero'));
    await shows('#c', 'Tercero');
    expect(at('#a').textContent).toBe('Hola gran mundo');
    expect(document.querySelectorAll('html > :not(head, body)')).toHaveLength(1);
    translator.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });
});

describe('the control', () => {
  it('shows the page nothing but an element without content', () => {
    const worker = createWorker();
    const translator = start(worker);
    select('#a');
    translator.translate();
    const host = translator.control?.host;
    expect(host?.parentElement).toBe(document.documentElement);
    expect(host?.shadowRoot).toBeNull();
    expect(host?.childNodes).toHaveLength(0);
    expect(host?.localName).toMatch(/^r[0-9a-z]+-r[0-9a-z]+$/);
    expect(host?.style.getPropertyPriority('all')).toBe('important');
  });

  it('names itself and its parts', () => {
    const translator = start(createWorker());
    select('#a');
    translator.translate();
    const root = translator.control?.root;
    expect(root?.querySelector('[role=group]')?.getAttribute('aria-label')).toBe('Runnel translation');
    expect(root?.querySelectorAll('[role=status]')).toHaveLength(2);
    expect(root?.querySelector('.close')?.getAttribute('aria-label')).toBe('Close');
  });

  it('comes back when the page throws it out, but not for ever', async () => {
    const translator = start(createWorker());
    select('#a');
    translator.translate();
    const host = translator.control?.host;
    for (let times = 0; times < 3; times += 1) {
      host?.remove();
      await vi.waitFor(() => expect(host?.isConnected).toBe(true));
    }
    host?.remove();
    // An observer added after ours is told after it.
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => resolve());
      observer.observe(document.documentElement, { childList: true });
      document.documentElement.append(document.createElement('i'));
    });
    document.querySelector('html > i')?.remove();
    expect(host?.isConnected).toBe(false);
  });

  it('closes without touching the translation', async () => {
    const worker = createWorker();
    const translator = start(worker);
    select('#c');
    translator.translate();
    const job = await worker.next(0);
    job.send(text(1, 'Tercero'), done(1));
    job.end(finished);
    await translator.run?.done;
    press(translator, 'close');
    expect(translator.control).toBeUndefined();
    expect(at('#c').textContent).toBe('Tercero');
    expect(translator.run?.items.some(isShown)).toBe(true);
  });
});
