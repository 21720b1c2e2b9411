// The question that is being written: drafts, what goes along, prompts, one's own questions.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { recallDirection, sendsMessage } from '../../lib/chat/box-keys.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import { Recall } from '../../lib/chat/recall.ts';
import type { Pages, TakenPage } from '../../lib/context/page-types.ts';
import { defaultSettings } from '../../lib/settings/schema.ts';
import { readySettings, ScriptedWorker, settle, turnOf } from './chat-worker.ts';

let worker: ScriptedWorker;
let model: ChatModel;
let now = 0;

const PAGE: TakenPage = {
  title: 'Rain',
  url: 'https://rain.example/',
  contentType: 'text/html',
  html: '',
  isCut: false,
};

function pages(more: Partial<Pages> = {}): Pages {
  return {
    current: async () => ({ id: 1, title: 'Rain', url: PAGE.url }),
    list: async () => [],
    take: async () => PAGE,
    allow: async () => false,
    ...more,
  };
}

beforeEach(async () => {
  now = 10_000;
  worker = new ScriptedWorker();
  model = worker.createModel({ now: () => now, pages: async () => pages() });
});

const draftOf = (id: string) => JSON.parse(worker.kept.get(id) ?? 'null')?.text ?? null;

async function show(id: string): Promise<void> {
  worker.conversation = { id, title: '', turns: [], unsaved: null };
  worker.notify({ type: 'turn-started', conversationId: id, turnId: 'x', isAside: true });
  await settle();
}

describe('a draft', () => {
  test('is kept with each key, and is there for the next view', async () => {
    await model.start();
    model.draft.value = 'Half a thou';
    expect(draftOf('c1')).toBe('Half a thou');
    model.dispose();
    const next = worker.createModel();
    await next.start();
    expect(next.draft.value).toBe('Half a thou');
  });

  test('belongs to its conversation, with what is to go along', async () => {
    worker.selection = { tabId: 1, text: 'picked' };
    await model.start();
    await settle();
    model.draft.value = 'for one';
    model.composing.addSelection();
    await vi.waitFor(() => expect(model.composing.isReading).toBe(false));
    await show('other');
    expect(model.draft.value).toBe('');
    expect(model.composing.attached.isEmpty.value).toBe(true);
    model.draft.value = 'for other';
    await show('c1');
    expect(model.draft.value).toBe('for one');
    expect(model.composing.attached.context.value).toHaveLength(1);
    await show('other');
    expect(model.draft.value).toBe('for other');
  });

  test('is gone when it is sent', async () => {
    await model.start();
    model.draft.value = 'Go';
    model.send('Go');
    expect(worker.kept.has('c1')).toBe(false);
  });

  test('typed before the conversation is known stays, behind what was kept', async () => {
    worker.kept.set('c1', JSON.stringify({ text: 'before' }));
    const started = model.start();
    model.draft.value = 'quick';
    await started;
    expect(model.draft.value).toBe('before\nquick');
  });

  test('of a temporary conversation is not kept', async () => {
    worker.conversation = { ...worker.conversation, id: 'temporary-1' };
    await model.start();
    model.draft.value = 'secret';
    expect(worker.kept.size).toBe(0);
  });

  test('that is damaged is an empty one', async () => {
    worker.kept.set('c1', '{"text":7');
    await model.start();
    expect(model.draft.value).toBe('');
  });

  test('of another view is shown where nobody types, and never written over what is typed here', async () => {
    await model.start();
    worker.writeDraft('c1', JSON.stringify({ text: 'from there' }));
    expect(model.draft.value).toBe('from there');
    worker.writeDraft('c9', JSON.stringify({ text: 'elsewhere' }));
    expect(model.draft.value).toBe('from there');
    model.draft.value = 'from here';
    now += 1000;
    worker.writeDraft('c1', JSON.stringify({ text: 'from there again' }));
    expect(model.draft.value).toBe('from here');
    now += 2000;
    worker.writeDraft('c1', JSON.stringify({ text: 'at last' }));
    expect(model.draft.value).toBe('at last');
  });
});

describe('instructions of a conversation', () => {
  test('go with the next question, and are kept until then', async () => {
    await model.start();
    model.composing.drafting.setSystem(' Be brief. ');
    model.dispose();
    model = worker.createModel();
    await model.start();
    expect(model.composing.drafting.system.value).toBe('Be brief.');
    model.send('Hi');
    await settle();
    expect(worker.expectLast('chat').request).toMatchObject({ system: 'Be brief.' });
    expect(worker.kept.size).toBe(0);
    expect(model.composing.take()).toEqual({});
  });

  test('that the worker knows are not sent again; emptied ones are', async () => {
    worker.conversation = { ...worker.conversation, system: 'Rhyme.' };
    await model.start();
    expect(model.composing.drafting.system.value).toBe('Rhyme.');
    expect(model.composing.take()).toEqual({});
    model.composing.drafting.setSystem('');
    expect(model.composing.take()).toEqual({ system: '' });
  });
});

describe('what goes along', () => {
  test('goes with the question, and with the same question asked again', async () => {
    worker.conversation.turns = [turnOf('t1', { context: [{ kind: 'file', title: 'a.txt', text: 'A' }] })];
    await model.start();
    model.actions.regenerate('t1');
    await settle();
    expect(worker.expectLast('chat').request).toMatchObject({
      context: [{ kind: 'file', title: 'a.txt', text: 'A' }],
    });
  });

  test('is there for the next view until it is sent, and not where it is too much', async () => {
    await model.start();
    const file = { kind: 'file', title: 'a.txt', text: 'A' };
    await model.composing.addFiles([new File(['A'], 'a.txt')]);
    const next = worker.createModel();
    await next.start();
    expect(next.composing.attached.context.value).toEqual([file]);
    worker.writeDraft('c1+', JSON.stringify({ context: [file, { ...file, title: 'b.txt' }] }));
    expect(model.composing.attached.context.value).toHaveLength(2);
    expect(next.composing.attached.context.value).toHaveLength(2);
    expect(next.draft.value).toBe('');
    next.send('Go');
    expect(worker.kept.size).toBe(0);
    for (const name of ['1', '2', '3'])
      await model.composing.addFiles([new File(['x'.repeat(390_000)], name)]);
    expect(worker.kept.size).toBe(0);
  });

  test('text files are read, others refused in words', async () => {
    await model.start();
    const { attached } = model.composing;
    await model.composing.addFiles([new File(['a,b\r\n1,2'], 'data.csv', { type: 'text/csv' })]);
    expect(attached.context.value).toEqual([{ kind: 'file', title: 'data.csv', text: 'a,b\n1,2' }]);
    await model.composing.addFiles([new File([new Uint8Array([0, 1, 2, 3])], 'data.bin')]);
    expect(model.note.value).toBe('“data.bin” is not a text file.');
    await model.composing.addFiles([new File(['x'.repeat(400_001)], 'long.txt')]);
    expect(model.note.value).toContain('at most 400 kB');
    await model.composing.addFiles([new File(['%PDF-1.7'], 'paper.pdf')]);
    expect(model.note.value).toContain('is a PDF');
    const utf16 = new Uint8Array([0xff, 0xfe, 0x48, 0, 0x69, 0]);
    await model.composing.addFiles([new File([utf16], 'wide.txt')]);
    expect(attached.context.value.at(-1)?.text).toBe('Hi');
    expect(attached.context.value).toHaveLength(2);
  });

  test('an image is refused where the model does not see', async () => {
    model = worker.createModel({ wait: () => new Promise(() => {}) });
    await model.start();
    const added = model.composing.addFiles([new File(['x'], 'a.png', { type: 'image/png' })]);
    await vi.waitFor(() => worker.expectLast('models'));
    worker.expectLast('models').channel.post({
      type: 'done',
      value: [{ id: 'm', capabilities: { vision: false } }],
    });
    await added;
    expect(model.note.value).toBe('m does not see images. Choose a model that does.');
    expect(model.composing.attached.isEmpty.value).toBe(true);
  });

  test.each([
    [
      'Error: Cannot access contents of the page. Extension manifest must request permission to access the respective host.',
      'pressed its button',
    ],
    ['Error: Missing host permission for the tab', 'pressed its button'],
    ['Error: The extensions gallery cannot be scripted.', 'lets no extension read'],
    ['Error: Cannot access a chrome:// URL', 'lets no extension read'],
    ['Error: No tab with id: 7', 'is closed'],
  ])('a page that cannot be read says why: %s', async (message, words) => {
    const refuse = async () => {
      throw new Error(message);
    };
    model = worker.createModel({ pages: async () => pages({ take: refuse }) });
    await model.start();
    expect(await model.composing.addPage()).toBe(false);
    expect(model.note.value).toContain(words);
  });

  test('a PDF is not read', async () => {
    const take = async () => ({ ...PAGE, contentType: 'application/pdf' });
    model = worker.createModel({ pages: async () => pages({ take }) });
    await model.start();
    expect(await model.composing.addPage()).toBe(false);
    expect(model.note.value).toContain('is a PDF');
  });
});

describe('prompts', () => {
  const own = {
    id: 'o',
    name: 'Polite mail',
    text: 'Write a {{tone}} mail in {{language}} about {{selection}}.',
  };
  beforeEach(async () => {
    worker.settings = readySettings({
      settings: { ...defaultSettings, model: 'm', targetLanguage: 'de', prompts: [own] },
    });
    await model.start();
    await settle();
  });

  test('the language stands in a prompt by its name in the reader’s own', async () => {
    const { i18n } = (globalThis as unknown as { chrome: { i18n: { getMessage(name: string): string } } })
      .chrome;
    const { getMessage } = i18n;
    i18n.getMessage = (name) => (name === 'language' ? 'es' : getMessage(name));
    const { prompts } = await model.composing.withAids();
    await prompts.useBuiltIn('translate');
    i18n.getMessage = getMessage;
    expect(model.draft.value).toContain('Translate this to alemán.');
  });

  test('a slash asks for the list, until it is dismissed or something else is written', async () => {
    const { prompts } = await model.composing.withAids();
    for (const [text, filter] of [
      ['/', ''],
      ['/pol', 'pol'],
      ['/etc/hosts', null],
      ['a /', null],
      ['/a\nb', null],
    ] as const) {
      model.draft.value = text;
      expect(prompts.filter.value, text).toBe(filter);
    }
    model.draft.value = '/re';
    prompts.press('Escape');
    expect(prompts.filter.value).toBeNull();
  });

  test('the list shows what matches, one’s own first; the keys go through it', async () => {
    const { prompts } = await model.composing.withAids();
    const names = () => prompts.matches.value.map(({ name }) => name);
    model.draft.value = '/';
    await vi.waitFor(() =>
      expect(names()).toEqual([
        'Polite mail',
        'Summarise this page',
        'Explain',
        'Rewrite',
        'Translate',
        'Reply',
      ]),
    );
    expect(prompts.press('x')).toBe(false);
    prompts.press('ArrowUp');
    expect(prompts.active.value).toBe(5);
    model.draft.value = '/re';
    expect(names()).toEqual(['Rewrite', 'Reply']);
    expect(prompts.active.value).toBe(1);
    prompts.press('ArrowDown');
    expect(prompts.press('Enter')).toBe(true);
    await vi.waitFor(() => expect(model.draft.value).toMatch(/^Rewrite this/));
    expect(prompts.press('Enter')).toBe(false);
    model.draft.value = '/';
    expect(prompts.press('Escape')).toBe(true);
    expect(names()).toEqual([]);
  });

  test('one with variables of its own asks for them first', async () => {
    const { prompts } = await model.composing.withAids();
    model.draft.value = '/';
    await prompts.use(own);
    expect(model.draft.value).toBe('');
    expect(prompts.asking.value?.names).toEqual(['tone']);
    await prompts.fill(own, { tone: 'warm' });
    expect(model.draft.value).toBe('Write a warm mail in German about .');
    expect(model.composing.caret.value).toBe('Write a warm mail in German about '.length);
    expect(prompts.asking.value).toBeNull();
  });

  test('the selection goes along as data', async () => {
    worker.selection = { tabId: 1, text: 'rain' };
    await model.refreshSelection();
    await (await model.composing.withAids()).prompts.fill(own, { tone: 'warm' });
    expect(model.draft.value).toBe('Write a warm mail in German about .');
    await vi.waitFor(() => expect(model.composing.isReading).toBe(false));
    expect(model.composing.attached.context.value).toMatchObject([{ kind: 'selection', text: 'rain' }]);
  });
});

test('one’s own questions come back, the newest first, and what was written last of all', () => {
  const recall = new Recall(() => ['one', 'two']);
  expect(recall.step('newer', 'mine')).toBeUndefined();
  expect(recall.step('older', 'mine')).toBe('two');
  expect(recall.step('older', 'two')).toBe('one');
  expect(recall.step('older', 'one')).toBeUndefined();
  expect(recall.step('newer', 'one')).toBe('two');
  expect(recall.step('newer', 'two')).toBe('mine');
  expect(recall.step('older', 'two, changed')).toBe('two');
});

test('keys', () => {
  const key = (more: object) => ({
    key: 'Enter',
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    keyCode: 13,
    ...more,
  });
  expect(sendsMessage(key({}), 'enter')).toBe(true);
  expect(sendsMessage(key({ shiftKey: true }), 'enter')).toBe(false);
  expect(sendsMessage(key({ keyCode: 229 }), 'enter')).toBe(false);
  expect(sendsMessage(key({}), 'ctrl-enter')).toBe(false);
  expect(sendsMessage(key({ metaKey: true }), 'ctrl-enter')).toBe(true);
  expect(sendsMessage(key({ ctrlKey: true, shiftKey: true }), 'ctrl-enter')).toBe(false);
  const at = (selectionStart: number, selectionEnd = selectionStart) => ({ selectionStart, selectionEnd });
  expect(recallDirection(key({ key: 'ArrowUp' }), at(0))).toBe('older');
  expect(recallDirection(key({ key: 'ArrowDown' }), at(0))).toBe('newer');
  expect(recallDirection(key({ key: 'ArrowUp' }), at(1))).toBeUndefined();
  expect(recallDirection(key({ key: 'ArrowUp' }), at(0, 4))).toBeUndefined();
  expect(recallDirection(key({ key: 'ArrowUp', isComposing: true }), at(0))).toBeUndefined();
});
