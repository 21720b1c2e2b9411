import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatApp } from '../../components/chat/ChatApp.tsx';
import { loadDrawing } from '../../components/chat/drawing.ts';
import type { ChatDeps } from '../../lib/chat/deps.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import { emptyMessage } from '../../lib/engine/fold.ts';
import { emptyStats } from '../../lib/engine/stats.ts';
import { readySettings, ScriptedWorker, settle, turnOf } from '../unit/chat-worker.ts';

// jsdom has no layout: nothing changes its size there.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
);

/** What is loaded when it is first wanted takes its time on a busy machine. */
const SOON = 10_000;

let root: HTMLElement;
let worker: ScriptedWorker;
let model: ChatModel;

/** Parts that come later are there from the first test on. */
beforeAll(async () => {
  await loadDrawing();
  root = document.createElement('div');
  worker = new ScriptedWorker();
  const trouble = { code: 'server', message: '' } as const;
  worker.conversation.turns = [turnOf('t1'), turnOf('t2', { parentId: 't1', state: 'failed', trouble })];
  await open();
  await vi.waitFor(() => {
    for (const name of ['Copy', 'Edit', 'Retry']) expect(buttons(name)).not.toHaveLength(0);
  });
  render(null, root);
  model.dispose();
});
beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  worker = new ScriptedWorker();
});
afterEach(() => {
  render(null, root);
  root.remove();
  model.dispose();
});

async function open(more: Partial<ChatDeps> = {}): Promise<void> {
  model = worker.createModel(more);
  await act(async () => {
    render(<ChatApp model={model} />, root);
    await model.start();
    await settle();
  });
}

function find<T extends Element = HTMLElement>(selector: string): T | null {
  return root.querySelector<T>(selector);
}
function expectOne<T extends Element = HTMLElement>(selector: string): T {
  const found = root.querySelectorAll<T>(selector);
  expect(found, selector).toHaveLength(1);
  return found[0] as T;
}
function expectFirst(selector: string): HTMLElement {
  const found = find(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}
/** The one button of that accessible name. */
function expectButton(name: string): HTMLButtonElement {
  const found = buttons(name);
  expect(found, name).toHaveLength(1);
  return found[0] as HTMLButtonElement;
}
function buttons(name: string): HTMLButtonElement[] {
  return [...root.querySelectorAll('button')].filter(
    (button) => (button.getAttribute('aria-label') ?? button.textContent)?.trim() === name,
  );
}
const box = () => expectOne<HTMLTextAreaElement>('textarea[aria-label="Message"]');

async function type(text: string): Promise<void> {
  await act(() => {
    box().value = text;
    box().dispatchEvent(new Event('input', { bubbles: true }));
  });
}
async function press(init: KeyboardEventInit, target: HTMLElement = box()): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  await act(async () => {
    target.dispatchEvent(event);
    await settle();
  });
  return event;
}
async function click(target: HTMLElement, detail = 1): Promise<void> {
  await act(async () => {
    target.dispatchEvent(new MouseEvent('click', { bubbles: true, detail }));
    await settle();
  });
}
async function feed(step: () => void): Promise<void> {
  await act(async () => {
    step();
    await settle();
  });
}

describe('handles', () => {
  test('bar, transcript and box have their names', async () => {
    await open();
    for (const name of ['New chat', 'Open side panel', 'Settings', 'Send']) {
      expect(expectButton(name).title).toBe(name);
    }
    expect(expectOne('[role=log]').getAttribute('aria-label')).toBe('Conversation');
    expect(document.activeElement).toBe(box());
  });

  test('the panel has no button for itself', async () => {
    await open({ surface: 'sidepanel', openSidePanel: undefined });
    expect(buttons('Open side panel')).toHaveLength(0);
  });

  test('messages say role and state, figures are attributes', async () => {
    const stats = { ...emptyStats(), chunks: 3, tokens: 9, usageIsReal: true, ttftMs: 100, elapsedMs: 1100 };
    worker.conversation.turns = [turnOf('t1', { stats })];
    await open();
    expect(expectOne('article[data-role=user]').dataset['state']).toBe('done');
    expect(expectOne('article[data-role=user]').textContent).toBe('question t1');
    const answer = expectOne('article[data-role=assistant]');
    expect(answer.dataset['state']).toBe('done');
    await vi.waitFor(() => expect(answer.textContent).toContain('answer t1'));
    expect({ ...expectOne('[data-part=stats]').dataset }).toEqual({
      part: 'stats',
      chunks: '3',
      tokens: '9',
      tokensPerSecond: '9',
      ttftMs: '100',
      retries: '0',
      usage: 'real',
    });
    await click(expectButton('Copy'));
    expect(worker.calls).toEqual(['copy answer t1']);
    await click(expectButton('Regenerate'));
    expect(worker.of('chat')).toHaveLength(1);
    expect(buttons('Stop')).toHaveLength(1);
  });
});

describe('sending', () => {
  test('Enter sends, Shift+Enter and a composing Enter do not', async () => {
    await open();
    await type('Hello');
    expect((await press({ key: 'Enter', shiftKey: true })).defaultPrevented).toBe(false);
    await press({ key: 'Enter', isComposing: true });
    await press({ key: 'Enter', keyCode: 229 });
    expect(worker.of('chat')).toHaveLength(0);
    await press({ key: 'Enter' });
    for (let i = 0; i < 4; i++) await press({ key: 'Enter' });
    expect(worker.of('chat')).toHaveLength(1);
    expect(box().value).toBe('');
    expect(expectOne('article[data-role=assistant]').dataset['state']).toBe('waiting');
  });

  test('a double click sends once and stops nothing; a click on Stop does', async () => {
    await open();
    await type('Hello');
    await click(expectButton('Send'), 1);
    await click(expectButton('Stop'), 2);
    expect(worker.expectLast('chat').aborted).toBe(false);
    expect(document.activeElement).toBe(box());
    await click(expectButton('Stop'), 1);
    expect(worker.expectLast('chat').aborted).toBe(true);
    expect(worker.of('chat')).toHaveLength(1);
  });

  test.each([
    ['sidepanel', true],
    ['popup', false],
  ] as const)('Escape in the %s stops: %s', async (surface, stops) => {
    await open({ surface });
    await type('Hello');
    await press({ key: 'Enter' });
    await press({ key: 'Escape' });
    expect(worker.expectLast('chat').aborted).toBe(stops);
  });

  test('the streamed text is drawn and the end is said', async () => {
    await open();
    await type('Hello');
    await press({ key: 'Enter' });
    const port = worker.expectLast('chat');
    await feed(() => port.text(1, 'One **two**'));
    expect(expectOne('article[data-role=assistant]').dataset['state']).toBe('streaming');
    expect(find('.prose[data-streaming]')).not.toBeNull();
    await vi.waitFor(() => expect(expectOne('.prose').textContent).toBe('One two'));
    await feed(() => {
      port.text(2, ' three');
      port.post({ type: 'state', seq: 3, state: 'done', trouble: null, stats: emptyStats() });
      port.done();
    });
    expect(expectOne('.prose').textContent).toBe('One two three');
    expect(find('.prose[data-streaming]')).toBeNull();
    await vi.waitFor(() =>
      expect(expectOne('[role=status]').textContent).toBe('One two three\nAnswer complete.'),
    );
  });
});

describe('trouble', () => {
  const failed = (code: 'network' | 'unauthorised', more = {}) =>
    turnOf('t1', {
      state: 'failed',
      reply: emptyMessage(),
      trouble: { code, message: '<b>refused</b>', status: 401 },
      ...more,
    });

  test('is an alert with its code, the server’s words as text, and one Retry', async () => {
    worker.conversation.turns = [failed('network')];
    await open();
    const card = expectOne('[role=alert]');
    expect(card.dataset['code']).toBe('network');
    expect(card.querySelector('b')).toBeNull();
    expect(card.textContent).toContain('<b>refused</b>');
    await click(expectButton('Retry'));
    expect(worker.of('chat')).toHaveLength(1);
    expect(find('[role=alert]')).toBeNull();
    expect(expectOne('article[data-role=user]').textContent).toBe('question t1');
  });

  test('that the settings can cure leads there, and Retry is beside it', async () => {
    worker.conversation.turns = [failed('unauthorised')];
    await open();
    expectButton('Retry');
    await click(expectOne('[role=alert] .primary'));
    expect(worker.calls).toEqual(['options']);
  });

  test('a stop of one’s own is no alarm', async () => {
    worker.conversation.turns = [
      turnOf('t1', { state: 'partial', trouble: { code: 'aborted', message: '' } }),
    ];
    await open();
    expect(find('[role=alert]')).toBeNull();
    expectButton('Retry');
  });
});

describe('empty', () => {
  test('offers things to try that fill the box', async () => {
    await open();
    await click(expectButton('Explain'));
    await vi.waitFor(() => expect(box().value).not.toBe(''), SOON);
    expect(box().value).toBe('Explain this in simple words, with an example.\n\n');
    expect(worker.of('chat')).toHaveLength(0);
  });

  test('without a provider says what is missing; Send leads to the settings, text kept', async () => {
    worker.settings = readySettings({ hasKey: false, ready: false });
    await open();
    await vi.waitFor(() => expect(root.textContent).toContain('still needs an API key.'), SOON);
    await type('Hello');
    await press({ key: 'Enter' });
    expect(worker.calls).toEqual(['options']);
    expect(box().value).toBe('Hello');
    await click(expectButton('Open settings'));
    expect(worker.calls).toEqual(['options', 'options']);
  });
});

test('a selection in the page offers two things', async () => {
  worker.selection = { tabId: 3, text: 'Hola' };
  await open();
  await vi.waitFor(() => expectButton('Ask about selection'), SOON);
  await click(expectButton('Translate selection'));
  expect(worker.calls).toEqual(['close']);
});

test('a translation says why it is here and has the language’s direction', async () => {
  worker.conversation.turns = [turnOf('t1', { kind: 'translation', language: 'ar' })];
  await open();
  expect(expectOne('article[data-role=assistant]').textContent).toContain('cannot be changed by extensions');
  expect(expectOne('.prose').getAttribute('lang')).toBe('ar');
  expect(expectOne('.prose').getAttribute('dir')).toBe('rtl');
  expect(buttons('Regenerate')).toHaveLength(0);
});

test('a long conversation is drawn from its end and soon whole', async () => {
  worker.conversation.turns = Array.from({ length: 35 }, (_, index) =>
    turnOf(`t${index}`, { parentId: index === 0 ? null : `t${index - 1}` }),
  );
  await open();
  expect(root.querySelectorAll('article').length).toBeLessThan(70);
  expect([...root.querySelectorAll('.prose')].at(-1)?.textContent).toBe('answer t34');
  await vi.waitFor(() => expect(root.querySelectorAll('article')).toHaveLength(70));
  expect(expectFirst('article[data-role=user]').textContent).toBe('question t0');
});

test('waiting shows the time from three seconds on', async () => {
  let clock = 0;
  worker.conversation.turns = [turnOf('t1', { state: 'waiting', reply: emptyMessage() })];
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await open({ now: () => clock });
  const waiting = expectOne('.waiting');
  expect(waiting.textContent).toBe('');
  clock = 7000;
  await act(() => {
    vi.advanceTimersByTime(500);
  });
  expect(waiting.textContent).toBe('waiting, 7 s');
  vi.useRealTimers();
});
