// Text fields and editable parts of a page: read, shown beside while it streams, replaced at the end.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageTranslator } from '../../lib/translate/page-types.ts';
import {
  at,
  createWorker,
  done,
  failure,
  finished,
  note,
  offered,
  press,
  restoreAll,
  setPage,
  spanish,
  start,
  text,
} from './page-worker.ts';

const page = `<textarea id="t">Before. One two.

Three four. After</textarea><input id="i" value="plain words here"><input id="p" type="password" value="secret words">
<input id="shown" autocomplete="current-password" value="secret words"><div id="e" contenteditable><p>Edit <b>this</b> text</p></div>`;

type TextInput = HTMLTextAreaElement | HTMLInputElement;
const input = (selector: string) => at(selector) as TextInput;

function selectIn(selector: string, words: string): void {
  const field = input(selector);
  const from = field.value.indexOf(words);
  field.focus();
  field.setSelectionRange(from, from + words.length);
}

const bubble = (translator: PageTranslator) => {
  const box = translator.control?.root.querySelector<HTMLElement>('.bubble');
  return box && !box.hidden ? [...box.children].map((line) => line.textContent) : undefined;
};

/** What a browser does for it, without the history. */
function insertText(_command: string, _ui?: boolean, words = ''): boolean {
  const focused = document.activeElement;
  if (focused instanceof HTMLTextAreaElement || focused instanceof HTMLInputElement) {
    focused.setRangeText(words, focused.selectionStart ?? 0, focused.selectionEnd ?? 0, 'end');
  } else {
    const range = document.getSelection()?.getRangeAt(0);
    range?.deleteContents();
    range?.insertNode(document.createTextNode(words));
  }
  focused?.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: words }));
  return true;
}
const execCommand = vi.fn(insertText);

beforeEach(() => {
  setPage(page);
  execCommand.mockClear();
  Object.assign(document, { execCommand });
});
afterEach(restoreAll);

async function begin(more: Parameters<typeof start>[1] = {}) {
  const worker = createWorker();
  const translator = start(worker, more);
  expect(translator.translate()).toBe('started');
  return { translator, worker, job: await worker.next(0) };
}

describe('a text field', () => {
  it('is replaced in one step when all of it has come, and put back', async () => {
    selectIn('#t', 'One two.\n\nThree four.');
    const before = input('#t').value;
    const heard = vi.fn();
    at('#t').addEventListener('input', heard);
    const { translator, job } = await begin();
    expect(job.segments).toEqual([
      { id: 1, text: 'One two.' },
      { id: 2, text: 'Three four.' },
    ]);
    job.send(spanish, text(1, 'Uno '));
    await vi.waitFor(() => expect(bubble(translator)).toEqual(['Uno ']));
    expect(at('#t').hasAttribute('data-runnel')).toBe(false);
    job.send(text(1, 'dos.'), done(1), text(2, 'Tres'));
    await vi.waitFor(() => expect(bubble(translator)).toEqual(['Uno dos.', 'Tres']));
    expect(translator.control?.root.querySelector('.bubble')?.getAttribute('lang')).toBe('es');
    expect(input('#t').value).toBe(before);
    job.send(text(2, ' cuatro.'), done(2));
    job.end(finished);
    await translator.run?.done;
    expect(input('#t').value).toBe('Before. Uno dos.\n\nTres cuatro. After');
    expect(execCommand).toHaveBeenCalledTimes(1);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(bubble(translator)).toBeUndefined();
    expect(offered(translator)).toEqual(['restore', 'copy', 'more', 'close', 'copy-both']);
    press(translator, 'restore');
    expect(input('#t').value).toBe(before);
    expect(translator.control).toBeUndefined();
  });

  it('of one line gets no line breaks', async () => {
    selectIn('#i', 'words');
    const { translator, job } = await begin();
    job.send(text(1, 'pala\nbras'), done(1));
    job.end(finished);
    await translator.run?.done;
    expect(input('#i').value).toBe('plain pala bras here');
  });

  it('stays as it is when a part fails; Retry asks for that part and then replaces', async () => {
    selectIn('#t', 'One two.\n\nThree four.');
    const before = input('#t').value;
    const { translator, worker, job } = await begin();
    job.send(text(1, 'Uno dos.'), done(1));
    job.end(failure('server'));
    await translator.run?.done;
    expect(input('#t').value).toBe(before);
    expect(note(translator)).toBe('words for server');
    expect(offered(translator)).toEqual(['retry', 'copy', 'more', 'close', 'copy-both']);
    press(translator, 'retry');
    const again = await worker.next(1);
    expect(again.segments).toEqual([{ id: 2, text: 'Three four.' }]);
    again.send(text(2, 'Tres cuatro.'), done(2));
    again.end(finished);
    await translator.run?.done;
    expect(input('#t').value).toBe('Before. Uno dos.\n\nTres cuatro. After');
  });

  it('that was written in meanwhile is left alone, and says so', async () => {
    selectIn('#t', 'One two.');
    const { translator, job } = await begin();
    input('#t').setRangeText('!', 0, 0);
    const changed = input('#t').value;
    job.send(text(1, 'Uno dos.'), done(1));
    job.end(finished);
    await translator.run?.done;
    expect(input('#t').value).toBe(changed);
    expect(bubble(translator)).toEqual(['Uno dos.']);
    press(translator, 'replace');
    expect(input('#t').value).toBe(changed);
    expect(note(translator)).toContain('changed');
    expect(offered(translator)).toEqual(['copy', 'more', 'close', 'copy-both']);
  });

  it('that lost the focus is replaced on request', async () => {
    selectIn('#t', 'One two.');
    const { translator, job } = await begin();
    at('#i').focus();
    job.send(text(1, 'Uno dos.'), done(1));
    job.end(finished);
    await translator.run?.done;
    expect(document.activeElement).toBe(at('#i'));
    expect(execCommand).not.toHaveBeenCalled();
    press(translator, 'replace');
    expect(input('#t').value).toMatch(/^Before\. Uno dos\./);
  });

  it('without room, or that takes nothing, stays as it is', async () => {
    selectIn('#t', 'One two.');
    input('#t').maxLength = input('#t').value.length + 2;
    const before = input('#t').value;
    const { translator, job } = await begin();
    job.send(text(1, 'Uno y dos y tres.'), done(1));
    job.end(finished);
    await translator.run?.done;
    expect([input('#t').value, note(translator)]).toEqual([before, expect.stringContaining('no room')]);
    expect(bubble(translator)).toEqual(['Uno y dos y tres.']);
  });

  it('with a secret is not read', () => {
    for (const secret of ['#p', '#shown']) {
      selectIn(secret, 'words');
      expect(start(createWorker()).translate()).toBe('no-selection');
    }
  });

  it('too long for one gesture is not sent', () => {
    selectIn('#i', 'plain words');
    expect(start(createWorker(), { maxChars: 5 }).translate()).toBe('too-long');
  });

  it('Escape stops, then closes the box, then is the page’s', async () => {
    selectIn('#t', 'One two.');
    const { translator, job } = await begin();
    job.send(text(1, 'Uno'));
    await vi.waitFor(() => expect(bubble(translator)).toEqual(['Uno']));
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    const pressEscape = () =>
      at('#t').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    pressEscape();
    expect(translator.run?.status.isRunning).toBe(false);
    expect(bubble(translator)).toEqual(['Uno']);
    pressEscape();
    expect(translator.control).toBeUndefined();
    expect(heard).not.toHaveBeenCalled();
    pressEscape();
    expect(heard).toHaveBeenCalledTimes(1);
    document.removeEventListener('keydown', heard);
  });
});

describe('an editable part', () => {
  const selectThis = () => {
    const words = at('#e b').firstChild;
    if (!words) throw new Error('no words');
    at('#e').focus();
    document.getSelection()?.setBaseAndExtent(words, 0, words, 4);
  };

  it('is replaced as if typed', async () => {
    selectThis();
    const { translator, job } = await begin();
    expect(job.segments).toEqual([{ id: 1, text: 'this' }]);
    expect(String(document.getSelection())).toBe('this');
    job.send(text(1, 'este'), done(1));
    job.end(finished);
    await translator.run?.done;
    expect(at('#e').textContent).toBe('Edit este text');
    expect(execCommand).toHaveBeenCalledExactlyOnceWith('insertText', false, 'este');
  });

  it('whose page takes nothing says so', async () => {
    execCommand.mockImplementationOnce(() => false);
    selectThis();
    const { translator, job } = await begin();
    job.send(text(1, 'este'), done(1));
    job.end(finished);
    await translator.run?.done;
    expect(at('#e').textContent).toBe('Edit this text');
    expect(note(translator)).toContain('takes no text');
    expect(bubble(translator)).toEqual(['este']);
  });
});
