// The chat in a language that nobody speaks: what is still in Latin letters there does not come from the messages.
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ChatApp } from '../../components/chat/ChatApp.tsx';
import { loadDrawing } from '../../components/chat/drawing.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import { PanelTab } from '../../lib/chat/panel-tab.ts';
import { emptyMessage } from '../../lib/engine/fold.ts';
import { emptyStats } from '../../lib/engine/stats.ts';
import type { Turn } from '../../lib/protocol/contract.ts';
import { readySettings, ScriptedWorker, settle, turnOf } from '../unit/chat-worker.ts';
import { FakeTabs } from '../unit/support/window-tabs.ts';
import { leftOver, speakNoLanguage, told } from './no-language.ts';

const SOON = { timeout: 10_000 };

let root: HTMLElement;
let model: ChatModel;
let worker: ScriptedWorker;

beforeAll(async () => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  // Not in jsdom.
  Object.assign(globalThis, { CSS: { escape: (text: string) => text } });
  Object.assign(HTMLDialogElement.prototype, { showModal() {} });
  await loadDrawing();
});
beforeEach(() => {
  speakNoLanguage();
  root = document.createElement('div');
  document.body.append(root);
  worker = new ScriptedWorker();
  worker.settings = readySettings({ settings: { ...readySettings().settings, model: 'μ' } });
});
afterEach(() => {
  render(null, root);
  root.remove();
  model.dispose();
});
afterAll(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(HTMLDialogElement.prototype, 'showModal');
});

async function open(...turns: Turn[]): Promise<void> {
  worker.conversation.turns = turns;
  model = worker.createModel({
    openTab: () => {},
    findCommands: async () => [{ name: '_execute_action', description: '', keys: '' }],
  });
  await act(async () => {
    render(<ChatApp model={model} />, root);
    await model.start();
    await settle();
  });
}

/** The same in the panel, which speaks about a tab. */
async function openPanel(tabs: FakeTabs): Promise<PanelTab> {
  const panelTab = new PanelTab(tabs);
  panelTab.start();
  model = worker.createModel({ surface: 'sidepanel', panelTab });
  await act(async () => {
    render(<ChatApp model={model} />, root);
    await model.start();
    await settle();
  });
  return panelTab;
}

async function click(name: string): Promise<void> {
  const find = () => root.querySelector<HTMLElement>(`button[aria-label="⟦${name}⟧"]`);
  await vi.waitFor(() => expect(find(), name).not.toBeNull(), SOON);
  await act(async () => {
    find()?.click();
    await settle();
  });
}

/** Waits for the message, then for every text, name and title to be one, but for what is the same in every language. */
async function expectWords(...names: string[]): Promise<void> {
  for (const name of names) await vi.waitFor(() => expect(root.textContent).toContain(`⟦${name}`), SOON);
  expect(leftOver(told(root), (text) => text.replace(/Runnel|ai\.megallm\.io/g, ''))).toEqual([]);
}

const reply = (more: Partial<Turn['reply']> = {}) => ({ ...emptyMessage(), text: 'β', ...more });
const question = (id: string, more: Partial<Turn>) =>
  turnOf(id, { userText: 'α', model: 'μ', reply: reply(), ...more });

test('nothing asked yet, and nothing to ask', async () => {
  await open();
  await expectWords('askAnything', 'tryReply');
  render(null, root);
  worker.settings = { ...worker.settings, hasKey: false, ready: false };
  await open();
  await expectWords('stillNeeds ⟦needKey⟧');
});

test('an answer with all there can be', async () => {
  const stats = {
    ...emptyStats(),
    chunks: 3,
    tokens: 9,
    ttftMs: 100,
    elapsedMs: 1100,
    retries: 2,
    thoughtMs: 900,
  };
  const toolCalls = [{ id: '1', name: '', arguments: '' }];
  const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3, raw: {} };
  const text = 'β[^1]\n\n```\nγ\n```\n\n![](δ.png)\n\n[^1]: ε\n';
  const attempts = [
    { at: 1, status: null, code: null },
    { at: 2, status: 200, code: null },
  ];
  const whole = reply({ text, reasoning: 'ζ', toolCalls, usage });
  await open(question('t1', { stats, attempts, seams: [1], createdAt: 1, reply: whole }));
  await click('details');
  await click('more');
  await expectWords('detailState', 'noArguments', 'thoughtFor', 'copyPlain', 'copyCode');
  await click('keyboardShortcuts');
  await expectWords('keysAnywhere', 'announceSentences', 'notSet');
});

test.each<[name: string, more: Partial<Turn>]>([
  ['stoppedHere', { state: 'partial', trouble: { code: 'aborted', message: '' } }],
  ['endedEarly', { state: 'partial' }],
  ['endedLength', { reply: reply({ finishReason: 'length' }) }],
  ['messageDamaged', { state: 'failed', isDamaged: true }],
  ['shownHere', { kind: 'translation', language: 'de' }],
  ['statusIs', { state: 'partial', trouble: { code: 'timeout-idle', message: 'θ', status: 504 } }],
  ['goingOn', { state: 'continuing' }],
])('%s', async (name, more) => {
  await open(question('t1', more));
  await expectWords(name);
});

test('a question that is edited, and one that is deleted', async () => {
  await open(question('t1', {}));
  await click('editIt');
  await expectWords('saveAndSend');
  await act(() => model.actions.remove('t1'));
  await expectWords('messageDeleted', 'undo');
});

test('a conversation that cannot be stored', async () => {
  worker.conversation.unsaved = 'θ';
  await open(question('t1', {}));
  await expectWords('staysOnScreen θ');
});

test('what the panel says of its tab', async () => {
  const tabs = new FakeTabs();
  tabs.put(1, '', '');
  tabs.put(2, 'μ', 'ν:ξ');
  tabs.frontId = 1;
  const panelTab = await openPanel(tabs);
  await expectWords('panelTabUnknown', 'panelTabUnknownHint', 'panelTabStay');
  await act(() => panelTab.stay());
  tabs.comeToFront(2);
  await expectWords('panelTabElsewhere', 'panelTabGo', 'panelTabFollow');
  tabs.close(1);
  await expectWords('panelTabEnded', 'pageRestricted');
});
