// What opens over the chat, in a language that nobody speaks: what is still in Latin letters there does not come from the messages.
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ChatApp } from '../../components/chat/ChatApp.tsx';
import type { ChatModel } from '../../lib/chat/model.ts';
import type { Pages } from '../../lib/context/page-types.ts';
import { readySettings, ScriptedWorker, settle } from '../unit/chat-worker.ts';
import { leftOver, speakNoLanguage, told } from './no-language.ts';

const SOON = { timeout: 10_000 };

let root: HTMLElement;
let model: ChatModel;
let worker: ScriptedWorker;

beforeAll(() => {
  class Observer {
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal('ResizeObserver', Observer);
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  // Not in jsdom.
  Object.assign(HTMLDialogElement.prototype, { showModal() {}, close() {} });
  Object.assign(Element.prototype, { scrollIntoView() {} });
});
beforeEach(async () => {
  speakNoLanguage();
  root = document.createElement('div');
  document.body.append(root);
  worker = new ScriptedWorker();
  worker.settings = readySettings({ settings: { ...readySettings().settings, model: 'μ', name: 'ν' } });
  worker.selection = { tabId: 1, text: 'σ' };
  const pages: Pages = {
    current: async () => ({ id: 1, title: '', url: '' }),
    list: async () => [],
    take: async () => ({ title: '', url: '', contentType: 'application/pdf', html: '', isCut: false }),
    allow: async () => false,
  };
  model = worker.createModel({ pages: async () => pages });
  await act(async () => {
    render(<ChatApp model={model} />, root);
    await model.start();
    await settle();
  });
});
afterEach(async () => {
  await act(async () => {
    render(null, root);
    await settle();
  });
  root.remove();
  model.dispose();
});
afterAll(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(HTMLDialogElement.prototype, 'showModal');
  Reflect.deleteProperty(HTMLDialogElement.prototype, 'close');
  Reflect.deleteProperty(Element.prototype, 'scrollIntoView');
});

async function click(selector: string): Promise<void> {
  await vi.waitFor(() => expect(root.querySelector(selector), selector).not.toBeNull(), SOON);
  await act(async () => {
    root.querySelector<HTMLElement>(selector)?.click();
    await settle();
  });
}

const named = (name: string) => `[aria-label="⟦${name}⟧"]`;

/** Waits until a part tells all of these messages, and nothing beside messages. */
async function expectWords(selector: string, ...names: string[]): Promise<void> {
  const all = () => [...root.querySelectorAll(selector)].flatMap(told);
  await vi.waitFor(() => {
    for (const name of names) expect(all().join('\n')).toContain(`⟦${name}`);
  }, SOON);
  expect(leftOver(all(), (text) => text.replace(/^example\.com$/, ''))).toEqual([]);
}

async function answer(type: Parameters<ScriptedWorker['of']>[0], value: unknown): Promise<void> {
  await vi.waitFor(() => expect(worker.of(type)).not.toHaveLength(0), SOON);
  await act(async () => {
    for (const { channel } of worker.of(type)) channel.post({ type: 'done', value });
    await settle();
  });
}

test('the list of conversations', async () => {
  await click('.bar [aria-expanded]');
  const entry = { id: 'a', title: '', createdAt: 1, updatedAt: 1, isPinned: true };
  await answer('conversations', { pinned: [entry], entries: [], hasMore: false, deleted: null });
  await click(`.conversations ${named('exportNow')}`);
  await expectWords('.conversations', 'untitled', 'pinnedOnes', 'unpin', 'exportMarkdown', 'closeList');
  await click(`.conversations ${named('deleteIt')}`);
  await answer('delete-conversation', null);
  await expectWords('.conversations', 'deletedNamed ⟦untitled⟧', 'undo');
});

test('an empty list', async () => {
  await click('.bar [aria-expanded]');
  await answer('conversations', { pinned: [], entries: [], hasMore: false, deleted: null });
  await expectWords('.conversations', 'noConversations', 'searchConversations', 'temporaryChat');
});

test('the list of models', async () => {
  await click('.model-button');
  await expectWords('.picker', 'readingModels');
  const capabilities = { vision: true, tools: true, reasoning: true };
  const price = { input: 1.5, output: 0 };
  await answer('provider-models', [{ id: 'μ', capabilities, price, contextLength: 128_000 }]);
  await answer('conversation-usage', {
    requests: 1,
    input: 2,
    output: 3,
    cost: 0,
    estimated: 0,
    unpriced: 0,
  });
  await expectWords('.picker, .model-button', 'fact_images', 'thousands 128', 'parameters', 'thisChatUsed');
});

test.each([
  ['anotherTab', 1],
  ['instructionsHere', 4],
])('what can be added: %s', async (name, at) => {
  await click('.add button');
  await expectWords('.add, .chips, .composer-box textarea', 'addTab', 'askAboutSelection', 'message');
  await click(`[role=menuitem]:nth-of-type(${at + 1})`);
  await expectWords('dialog.dialog', name, 'do_close');
});

test('prompts, and a page that cannot be read', async () => {
  await act(() => {
    model.draft.value = '/';
  });
  await expectWords('.prompts', 'trySummarise', 'prompt_rewrite_text');
  await act(async () => {
    await model.composing.addPage();
  });
  expect(model.note.value).toBe('⟦pagePdf⟧');
});

test('what goes along, and how it looks inside', async () => {
  const part = { kind: 'page', title: 'τ', text: 'υ', fullLength: 9 } as const;
  await act(() => {
    model.composing.attached.context.value = [part];
    model.composing.attached.images.value = [{ name: 'φ', url: 'data:,', width: 3, height: 2 }];
  });
  await expectWords('.part > button:last-child', 'removeNamed φ', 'removeNamed τ');
  await act(() => {
    model.composing.open.value = { image: { name: 'φ', url: 'data:,', width: 3, height: 2 } };
  });
  await expectWords('dialog.dialog', 'imageSize 3 2');
});
