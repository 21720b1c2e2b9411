// Ways to show a translation: switched off and on, in a box, in a shadow tree; the control's words and its place in the order of keys.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageWishes } from '../../lib/protocol/page.ts';
import type { PageOptions, PageTranslator } from '../../lib/translate/page-types.ts';
import {
  arabic,
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
  state,
  text,
  wish,
} from './page-worker.ts';

const page = `<a id="first" href="#x">first</a><p id="a">Hello <b>big</b> world</p><p id="b">Second</p>`;

const rootOf = (translator: PageTranslator) => translator.control?.root;
const bubble = (translator: PageTranslator) => {
  const box = rootOf(translator)?.querySelector<HTMLElement>('.bubble');
  return box && !box.hidden ? [...box.children].map((line) => line.textContent) : undefined;
};
const said = (translator: PageTranslator) => rootOf(translator)?.querySelector('.said')?.textContent;

beforeEach(() => setPage(page));
afterEach(() => {
  restoreAll();
  vi.unstubAllGlobals();
});

async function begin(more: Partial<PageOptions> = {}, wishes: Partial<PageWishes> = {}) {
  const worker = createWorker();
  wish(wishes);
  const before = document.documentElement.outerHTML;
  const translator = start(worker, more);
  select('#a', '#b');
  expect(translator.translate()).toBe('started');
  return { translator, worker, before, job: await worker.next(0) };
}

async function translated(more: Partial<PageOptions> = {}) {
  const begun = await begin(more);
  const { job, translator } = begun;
  job.send(spanish, text(1, 'Hola <1>gran</1> mundo'), done(1), text(2, 'Segundo'), done(2));
  job.end(finished);
  await translator.run?.done;
  return begun;
}

describe('switching', () => {
  it('shows the originals and the translation again, and asks nobody', async () => {
    const { translator, worker } = await translated();
    press(translator, 'switch');
    expect([at('#a').outerHTML, at('#b').outerHTML]).toEqual([
      '<p id="a">Hello <b>big</b> world</p>',
      '<p id="b">Second</p>',
    ]);
    expect(offered(translator)).toEqual(['switch', 'restore', 'close']);
    expect(rootOf(translator)?.querySelector('.switch')?.textContent).toBe('Translation');
    expect(progress(translator)).toBe('2 of 2');
    press(translator, 'switch');
    expect([at('#a').textContent, at('#b').textContent]).toEqual(['Hola gran mundo', 'Segundo']);
    expect([state('#a'), at('#a').lang]).toEqual(['done', 'es']);
    expect(rootOf(translator)?.querySelector('.switch')?.textContent).toBe('Compare');
    expect(worker.jobs).toHaveLength(1);
  });

  it('leaves the page as it was when it is restored in either state', async () => {
    const { translator, before } = await translated();
    press(translator, 'switch');
    press(translator, 'restore');
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('keeps what was not whole, which Retry completes', async () => {
    const { translator, worker, job } = await begin();
    job.send(spanish, text(1, 'Hola <1>gran</1> mundo'), done(1), text(2, 'Segu'));
    await shows('#b', 'Segu');
    press(translator, 'stop');
    press(translator, 'switch');
    expect(at('#b').textContent).toBe('Second');
    press(translator, 'switch');
    expect([state('#b'), at('#b').textContent]).toEqual(['partial', 'Segu']);
    press(translator, 'continue');
    expect((await worker.next(1)).segments).toEqual([{ id: 2, text: 'Second', begun: 'Segu' }]);
  });
});

describe('copying', () => {
  it('takes the translation, or it and the original in turn', async () => {
    const { translator } = await translated();
    const writeText = vi.fn(async () => {});
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    Object.defineProperty(window.navigator, 'clipboard', { value: { writeText }, configurable: true });
    press(translator, 'copy');
    await vi.waitFor(() => expect(writeText).toHaveBeenLastCalledWith('Hola gran mundo\nSegundo'));
    press(translator, 'copy-both');
    await vi.waitFor(() =>
      expect(writeText).toHaveBeenLastCalledWith('Hello big world\nHola gran mundo\n\nSecond\nSegundo'),
    );
    await vi.waitFor(() => expect(progress(translator)).toBe('Copied'));
  });
});

describe('a box beside the selection', () => {
  it('shows the translation as text and leaves the page alone', async () => {
    const { translator, job } = await begin({}, { show: 'bubble' });
    const inPage = at('body').innerHTML;
    expect(job.segments.map((segment) => segment.text)).toEqual(['Hello <1>big</1> world', 'Second']);
    job.send(spanish, text(1, 'Hola <1>gr'), text(2, '<b>Segundo</b>'));
    await vi.waitFor(() => expect(bubble(translator)).toEqual(['Hola gr', '<b>Segundo</b>']));
    job.send(text(1, 'an</1> mundo'), done(1), done(2));
    job.end(finished);
    await translator.run?.done;
    expect(bubble(translator)).toEqual(['Hola gran mundo', '<b>Segundo</b>']);
    expect(at('body').innerHTML).toBe(inPage);
    expect(offered(translator)).toEqual(['copy', 'more', 'close', 'copy-both']);
    const box = rootOf(translator)?.querySelector<HTMLElement>('.bubble');
    expect([box?.lang, box?.dir, box?.tabIndex]).toEqual(['es', 'ltr', 0]);
    expect(box?.getAttribute('aria-label')).toBe('Translation');
  });

  it('is offered where the page throws the text away while it streams', async () => {
    const { translator, job } = await begin();
    job.send(spanish, text(1, 'Hola'));
    await vi.waitFor(() => expect(at('#a').textContent).toContain('Hola'));
    at('#a').replaceChildren('Drawn anew');
    await vi.waitFor(() => expect(note(translator)).toContain('replaced'));
    expect(offered(translator)).toEqual(['stop', 'here']);
    press(translator, 'here');
    expect(bubble(translator)).toEqual(['Hola']);
    expect(note(translator)).toBe('');
    job.send(text(1, ' <1>gran</1> mundo'), done(1), text(2, 'Segundo'), done(2));
    job.end(finished);
    await translator.run?.done;
    expect(bubble(translator)).toEqual(['Hola gran mundo', 'Segundo']);
    expect(at('#a').textContent).toBe('Drawn anew');
    // The other block is still translated in the page.
    expect(offered(translator)).toEqual(['restore', 'copy', 'more', 'close', 'copy-both']);
    press(translator, 'restore');
    expect([at('#a').textContent, at('#b').textContent]).toEqual(['Drawn anew', 'Second']);
  });

  it('is offered where the page writes its own text after the end', async () => {
    const { translator } = await translated();
    const words = at('#b').firstChild;
    if (!(words instanceof Text)) throw new Error('no words');
    words.data = 'Second again';
    await vi.waitFor(() => expect(note(translator)).toContain('replaced'));
    expect(offered(translator)).toEqual(['here', 'restore', 'copy', 'more', 'close', 'copy-both']);
  });

  it('is not offered for what was put back on request', async () => {
    const { translator } = await translated();
    press(translator, 'switch');
    // Twice as long as it takes to look.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(note(translator)).toBe('');
  });
});

describe('an open shadow tree', () => {
  it('is written into and restored', async () => {
    setPage('<p id="a">Before</p><x-card id="b"></x-card>');
    const root = at('#b').attachShadow({ mode: 'open' });
    const paragraph = document.createElement('p');
    paragraph.append('Inside');
    root.append(paragraph);
    const { translator, job } = await begin();
    expect(job.segments.map((segment) => segment.text)).toEqual(['Before', 'Inside']);
    job.send(spanish, text(2, 'Dentro'), done(2));
    await vi.waitFor(() =>
      expect(paragraph.outerHTML).toBe('<p data-runnel="done" lang="es" dir="ltr">Dentro</p>'),
    );
    // Selected once more, it is its original that is sent.
    select('#a', '#b');
    translator.translate();
    await vi.waitFor(() => expect(paragraph.outerHTML).toBe('<p data-runnel="waiting">Inside</p>'));
    translator.restore();
    expect(paragraph.outerHTML).toBe('<p>Inside</p>');
  });
});

describe('the control for those who hear it', () => {
  it('says that it begins and how it ended, not each block', async () => {
    const { translator, job } = await begin();
    await vi.waitFor(() => expect(said(translator)).toBe('Translating'));
    job.send(spanish, text(1, 'Hola <1>x</1>'), done(1));
    await vi.waitFor(() => expect(progress(translator)).toBe('1 of 2'));
    const heard: (string | null)[] = [];
    const line = rootOf(translator)?.querySelector('.said');
    if (!line) throw new Error('no line');
    new MutationObserver(() => heard.push(line.textContent)).observe(line, { childList: true });
    job.send(text(2, 'Segundo'), done(2));
    job.end(finished);
    await vi.waitFor(() => expect(heard).toEqual(['Translated · Spanish']));
    expect(rootOf(translator)?.querySelector('.progress')?.hasAttribute('role')).toBe(false);
  });
});

describe('the control that is not needed', () => {
  it('fades after 4 s without the pointer, and comes back as it nears', async () => {
    const { translator } = await translated();
    const isQuiet = () => rootOf(translator)?.querySelector('.frame')?.classList.contains('quiet');
    const move = (x: number) =>
      window.dispatchEvent(Object.assign(new Event('pointermove'), { clientX: x, clientY: 20 }));
    vi.useFakeTimers();
    try {
      move(20);
      vi.advanceTimersByTime(3900);
      expect(isQuiet()).toBe(false);
      vi.advanceTimersByTime(200);
      expect(isQuiet()).toBe(true);
      expect(translator.control?.host.isConnected).toBe(true);
      move(500);
      expect(isQuiet()).toBe(true);
      move(30);
      expect(isQuiet()).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the keyboard', () => {
  const tab = (target: EventTarget, shiftKey = false) => {
    const event = new KeyboardEvent('keydown', { key: 'Tab', shiftKey, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const focused = (translator: PageTranslator) => rootOf(translator)?.activeElement?.className;

  it('comes into the control once after the gesture, and goes back with Escape', async () => {
    const { translator } = await translated();
    expect(tab(document.body)).toBe(true);
    expect(focused(translator)).toBe('switch');
    expect(document.activeElement).toBe(translator.control?.host);
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(document.activeElement?.localName).toBe('body');
    expect(tab(document.body)).toBe(false);
  });

  it('leaves behind the last button, without being held', async () => {
    const { translator } = await translated();
    tab(document.body);
    rootOf(translator)?.querySelector<HTMLElement>('.close')?.focus();
    expect(tab(translator.control?.host ?? document.body)).toBe(false);
    expect(document.activeElement?.localName).toBe('body');
  });

  it('is not taken from a page that has it', async () => {
    const { translator } = await translated();
    at('#first').focus();
    expect(tab(at('#first'))).toBe(false);
    expect(tab(document.body, true)).toBe(false);
    expect(focused(translator)).toBeUndefined();
  });

  it('finds the box first where there is one', async () => {
    const { translator, job } = await begin({}, { show: 'bubble' });
    job.send(text(1, 'Hola'));
    await vi.waitFor(() => expect(bubble(translator)).toEqual(['Hola']));
    tab(document.body);
    expect(focused(translator)).toBe('bubble');
  });
});

describe('a list in another direction', () => {
  it('turns around with the last of its items, and back with the first', async () => {
    setPage('<ul id="l"><li id="a">One</li><li id="b">Two</li></ul>');
    const { translator, before, job } = await begin();
    job.send(arabic, text(1, 'واحد'), done(1), text(2, 'اثنان'));
    await shows('#b', 'اثنان');
    expect([at('#l').dir, at('#a').dir, at('#b').dir]).toEqual(['rtl', 'rtl', 'rtl']);
    press(translator, 'stop');
    translator.toggle();
    expect(at('#l').hasAttribute('dir')).toBe(false);
    translator.restore();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('stays while one of its items is not translated', async () => {
    setPage('<ul id="l"><li id="a">One</li><li id="b">Two</li><li>Three</li></ul>');
    const { job } = await begin();
    job.send(arabic, text(1, 'واحد'), done(1), text(2, 'اثنان'));
    await shows('#b', 'اثنان');
    expect(at('#l').hasAttribute('dir')).toBe(false);
  });
});

describe('the looks of the control', () => {
  it.each([
    ['rgb(20, 24, 27)', 'light'],
    ['rgb(216, 222, 226)', 'dark'],
    ['oklch(0.93 0.005 220)', 'dark'],
    ['lab(20 0 0)', 'light'],
    ['color(srgb 0.9 0.9 0.8)', 'dark'],
  ])('beside text of %s are %s', async (color, scheme) => {
    const real = getComputedStyle;
    vi.stubGlobal(
      'getComputedStyle',
      (element: Element) =>
        new Proxy(real(element), {
          get: (style, name) => (name === 'color' ? color : Reflect.get(style, name)),
        }),
    );
    const { translator } = await begin();
    expect(translator.control?.host.style.colorScheme).toBe(scheme);
    vi.unstubAllGlobals();
  });
});

it('the control goes with a page that follows the browser from light to dark', async () => {
  const heard = new Set<() => void>();
  let color = 'rgb(20, 20, 20)';
  const real = getComputedStyle;
  vi.stubGlobal(
    'getComputedStyle',
    (element: Element) =>
      new Proxy(real(element), {
        get: (style, name) => (name === 'color' ? color : Reflect.get(style, name)),
      }),
  );
  vi.stubGlobal('matchMedia', () => ({
    addEventListener: (_: string, listener: () => void) => heard.add(listener),
    removeEventListener: (_: string, listener: () => void) => heard.delete(listener),
  }));
  const { translator } = await begin();
  color = 'rgb(220, 220, 220)';
  for (const listener of heard) listener();
  expect(translator.control?.host.style.colorScheme).toBe('dark');
  translator.restore();
  expect(heard.size).toBe(0);
  vi.unstubAllGlobals();
});
