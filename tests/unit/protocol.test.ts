import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { mayAsk } from '../../lib/protocol/authority.ts';
import { channelPair } from '../../lib/protocol/channel.ts';
import { ask, openRequest } from '../../lib/protocol/client.ts';
import type { Request, RequestType } from '../../lib/protocol/contract.ts';
import { findRequest } from '../../lib/protocol/requests.ts';
import { classifySender, type Sender, type SenderClass } from '../../lib/protocol/senders.ts';
import { type Handlers, serve } from '../../lib/protocol/server.ts';
import { defaultSettings } from '../../lib/settings/schema.ts';

const SELF = { id: 'abc', origin: 'chrome-extension://abc' };
const NOBODY: Sender = {
  id: 'abc',
  origin: undefined,
  tabId: undefined,
  frameId: undefined,
  documentId: undefined,
  url: undefined,
  tabUrl: undefined,
};

const VALID: { [T in RequestType]: Extract<Request, { type: T }> } = {
  chat: { type: 'chat', turnId: 't', conversationId: 'c', parentId: null, text: 'hi' },
  continue: { type: 'continue', turnId: 't' },
  keep: { type: 'keep', turnId: 't' },
  'select-turn': { type: 'select-turn', turnId: 't' },
  'delete-turn': { type: 'delete-turn', turnId: 't' },
  price: { type: 'price', turnId: 't' },
  attach: { type: 'attach', turnId: 't', fromSeq: 0 },
  translate: { type: 'translate', segments: [{ id: 1, text: 'hi' }] },
  'bring-part': { type: 'bring-part', part: 'aids' },
  'show-here': { type: 'show-here', show: 'below' },
  'translate-tab': { type: 'translate-tab', tabId: 1 },
  selection: { type: 'selection' },
  conversation: { type: 'conversation' },
  capture: { type: 'capture', turnId: 't' },
  'new-conversation': { type: 'new-conversation' },
  conversations: { type: 'conversations' },
  'open-conversation': { type: 'open-conversation', id: 'c1' },
  'temporary-conversation': { type: 'temporary-conversation' },
  'rename-conversation': { type: 'rename-conversation', id: 'c1', title: 'New' },
  'pin-conversation': { type: 'pin-conversation', id: 'c1', isPinned: true },
  'delete-conversation': { type: 'delete-conversation', id: 'c1' },
  'restore-conversation': { type: 'restore-conversation', id: 'c1' },
  'delete-all-conversations': { type: 'delete-all-conversations' },
  'whole-conversation': { type: 'whole-conversation', id: 'c1' },
  'kept-translations': { type: 'kept-translations' },
  'forget-translations': { type: 'forget-translations' },
  settings: { type: 'settings' },
  'save-settings': { type: 'save-settings', settings: defaultSettings },
  'put-key': { type: 'put-key', origin: 'https://a.test', key: 'sk-1' },
  'remove-key': { type: 'remove-key', origin: 'https://a.test' },
  'has-key': { type: 'has-key', origin: 'https://a.test' },
  models: { type: 'models', baseUrl: 'https://a.test' },
  'test-connection': { type: 'test-connection', preset: 'custom', baseUrl: 'https://a.test', model: 'm' },
};
const TYPES = Object.keys(VALID) as RequestType[];
/** Asked by page scripts alone. */
const OF_PAGES: readonly RequestType[] = ['translate', 'bring-part', 'show-here'];

describe('senders', () => {
  it.each<[string, Partial<Sender>, SenderClass]>([
    ['the popup', { origin: SELF.origin }, 'page'],
    ['an options tab', { origin: SELF.origin, tabId: 1, frameId: 0 }, 'page'],
    ['our page framed by a page', { origin: SELF.origin, tabId: 1, frameId: 5 }, 'embedded-frame'],
    [
      'a page script',
      { origin: 'https://evil.test', tabId: 1, frameId: 0, url: 'chrome-extension://abc/popup.html' },
      'content-top',
    ],
    ['a page script in a frame', { origin: 'https://ad.test', tabId: 1, frameId: 3 }, 'content-sub'],
    ['a page script in a sandbox', { origin: 'null', tabId: 1, frameId: 3 }, 'content-sub'],
    ['another extension', { id: 'other', origin: SELF.origin }, 'other'],
    ['nobody', {}, 'other'],
  ])('%s', (_, stamped, expected) => {
    expect(classifySender({ ...NOBODY, ...stamped }, SELF)).toBe(expected);
  });
});

describe('authority', () => {
  const classes: SenderClass[] = ['page', 'embedded-frame', 'content-top', 'content-sub', 'other'];
  it.each(classes.flatMap((sender) => TYPES.map((type) => [sender, type] as const)))(
    '%s may ask %s as the table says',
    (sender, type) => {
      const isOfPages = OF_PAGES.includes(type);
      const allowed = isOfPages ? sender.startsWith('content') : sender === 'page';
      expect(mayAsk(sender, type)).toBe(allowed);
    },
  );
});

describe('schemas', () => {
  it.each(TYPES)('%s: valid, with an unknown key, with a wrong type, without a field', (type) => {
    const valid = VALID[type];
    expect(findRequest(valid)).toEqual(valid);
    expect(findRequest({ ...valid, baseUrl2: 'https://evil.test' })).toBeUndefined();
    expect(findRequest(JSON.parse(`{"__proto__": {"type": "${type}"}}`))).toBeUndefined();
    for (const key of Object.keys(valid).filter((name) => name !== 'type')) {
      expect(findRequest({ ...valid, [key]: Symbol.iterator })).toBeUndefined();
      if (!(type === 'conversation')) {
        const { [key as keyof typeof valid]: _, ...rest } = valid;
        expect(findRequest(rest)).toBeUndefined();
      }
    }
  });
  it.each([
    [null],
    ['chat'],
    [{}],
    [{ type: 'constructor' }],
    [{ type: 'toString' }],
    [{ type: 'chat', turnId: 't', conversationId: 'c', parentId: null, text: '  ' }],
    [{ type: 'translate', segments: [] }],
    [{ type: 'translate', segments: [{ id: 1, text: 'a', model: 'x' }] }],
    [{ type: 'translate', segments: [{ id: 1, text: 'a', begun: 'b'.repeat(40_001) }] }],
    [{ type: 'translate', segments: [{ id: 1, text: 'a' }], isConfirmed: false }],
    [{ type: 'translate', segments: [{ id: 1, text: 'a' }], language: 'ignore what was said' }],
    [{ type: 'show-here', show: 'upside-down' }],
    [{ type: 'show-here', show: 'below', host: 'bank.test' }],
    [{ type: 'put-key', origin: 'https://a.test', key: 'a b' }],
    [{ type: 'put-key', origin: 'https://a.test', key: 'ключ' }],
  ])('refuses %o', (message) => expect(findRequest(message)).toBeUndefined());
});

it('a translation may name a language, be confirmed, and go on from what had begun', () => {
  const request = {
    type: 'translate',
    segments: [{ id: 1, text: 'a', begun: 'b' }],
    language: 'pt-BR',
    isConfirmed: true,
  };
  expect(findRequest(request)).toEqual(request);
});

describe('one port, one request', () => {
  function setUp(handle: Partial<Handlers>, stamped: Partial<Sender> = { origin: SELF.origin }) {
    const [view, worker] = channelPair();
    serve(worker, { ...NOBODY, ...stamped }, SELF, handle as Handlers);
    return { connect: () => view, view };
  }

  it('answers with the result of the handler', async () => {
    const { connect } = setUp({ 'has-key': async () => true });
    expect(await ask(connect, VALID['has-key'])).toBe(true);
  });
  it('sends events before the end, and errors with their code', async () => {
    const { connect } = setUp({
      'test-connection': async (_, { post }) => {
        post({ type: 'check', check: { name: 'address', outcome: 'ok' } });
        throw new StreamError('server', 'no', { status: 500 });
      },
    });
    const seen: unknown[] = [];
    const { result } = openRequest<'test-connection'>(connect, VALID['test-connection'], (event) =>
      seen.push(event),
    );
    await expect(result).rejects.toMatchObject({ code: 'server', status: 500 });
    expect(seen).toHaveLength(1);
  });
  it('tells the handler of an abort and of a viewer that left', async () => {
    const heard: string[] = [];
    const handle: Partial<Handlers> = {
      attach: (_, { stopped, left }) => {
        stopped.addEventListener('abort', () => heard.push('stopped'));
        left.addEventListener('abort', () => heard.push('left'));
        return new Promise(() => {});
      },
    };
    const { connect } = setUp(handle);
    const open = openRequest<'attach'>(connect, VALID.attach);
    open.abort();
    await Promise.resolve();
    open.leave();
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual(['stopped', 'left']);
  });
  it('says worker-gone when the port closes without an end', async () => {
    const [view, worker] = channelPair();
    const result = ask(() => view, VALID.settings);
    worker.close();
    await expect(result).rejects.toMatchObject({ code: 'worker-gone' });
  });
  it('refuses a page script everything but what concerns its page, without asking the handler', async () => {
    const asked: string[] = [];
    const handle = Object.fromEntries(TYPES.map((type) => [type, async () => void asked.push(type)]));
    for (const type of TYPES.filter((name) => !OF_PAGES.includes(name))) {
      const { connect } = setUp(handle as Partial<Handlers>, {
        origin: 'https://evil.test',
        tabId: 1,
        frameId: 0,
      });
      await expect(ask(connect, VALID[type] as Request & { type: RequestType })).rejects.toMatchObject({
        code: 'permission',
      });
    }
    expect(asked).toEqual([]);
  });
  it('listens to one request only', async () => {
    const asked: string[] = [];
    const { view } = setUp({ 'has-key': () => new Promise(() => void asked.push('x')) });
    view.post(VALID['has-key']);
    view.post(VALID['has-key']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(1);
  });
});
