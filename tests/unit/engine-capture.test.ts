import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttemptInput, runAttempt } from '../../lib/engine/attempt.ts';
import { type Capture, createCapture } from '../../lib/engine/capture.ts';
import { removeKeys } from '../../lib/engine/redact.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import type { Plan } from '../provider/plan.ts';
import { startProvider } from '../provider/server.ts';
import { replay } from '../replay/replay.ts';
import { FakeClock } from './support/fake-clock.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

const KEY = 'CANARY/a+b-12345';
const bytes = (text: string) => new TextEncoder().encode(text);

function captured(text: string, status = 200, type: string | null = 'text/event-stream'): Capture {
  const capture = createCapture();
  capture.begin(status, type);
  capture.add(bytes(text));
  return capture;
}

describe('a capture', () => {
  it('is nothing where nothing came', () => {
    const capture = createCapture();
    expect(capture.text(undefined)).toBeUndefined();
    capture.begin(200, null);
    expect(capture.text(undefined)).toBeUndefined();
  });
  it('of a stream says how it was sent, and is the same stream', async () => {
    const body = delta('Grüße, ') + delta('水') + FINISH + DONE;
    const text = captured(body, 200, 'text/event-stream; charset=utf-8').text(KEY) ?? '';
    expect(text).toBe(`: runnel-capture status=200 content-type=text/event-stream;charset=utf-8\n${body}`);
    expect(await replay(bytes(text))).toEqual(await replay(bytes(body)));
  });
  it.each([
    ['a byte order mark', `\ufeff${delta('a')}${DONE}`],
    ['bare CR', (delta('a') + DONE).replaceAll('\n', '\r')],
    ['a comment in front', `: hello\n\n${delta('a')}${DONE}`],
    ['a blank line in front', `\n\n${delta('a')}${DONE}`],
    ['a cut', delta('a').slice(0, -20)],
    ['an error line', `${delta('a')}error: {"message":"no"}\n\n`],
  ])('keeps %s', async (_, body) => {
    const text = captured(body).text(undefined) ?? '';
    expect(text.startsWith('\ufeff')).toBe(body.startsWith('\ufeff'));
    expect(await replay(bytes(text))).toEqual(await replay(bytes(body)));
  });
  it.each([
    ['JSON', '{"error":"no"}', 200],
    ['HTML', ' <!doctype html>', 200],
    ['an error page in words', 'Bad gateway', 502],
  ])('of %s is the body as it is', (_, body, status) => {
    expect(captured(body, status, 'text/plain').text(undefined)).toBe(body);
  });
  it('joins characters that were split over reads', () => {
    const capture = createCapture();
    capture.begin(200, null);
    for (const byte of bytes(delta('🌊水'))) capture.add(Uint8Array.of(byte));
    expect(capture.text(undefined)).toContain('🌊水');
  });
  it('is that of the last response', () => {
    const capture = captured('{"first":1}');
    capture.begin(200, null);
    capture.add(bytes('{"second":2}'));
    expect(capture.text(undefined)).toBe('{"second":2}');
  });
  it('is bounded, and says that it was cut', () => {
    const capture = createCapture();
    capture.begin(200, 'text/event-stream');
    for (let i = 0; i < 5; i++) capture.add(bytes(`: ${'x'.repeat(1024 * 1024)}\n`));
    const text = capture.text(undefined) ?? '';
    expect(text.length).toBeLessThan(2 * 1024 * 1024 + 200);
    expect(text.split('\n', 1)[0]).toContain('cut=2097152');
  });
});

describe('the key is in no capture', () => {
  const spellings: [string, string][] = [
    ['as it is', KEY],
    ['in a URL', encodeURIComponent(KEY)],
    ['with escaped slashes', KEY.replaceAll('/', '\\/')],
    ['in base64', Buffer.from(KEY).toString('base64')],
    ['in base64 for URLs', Buffer.from(KEY).toString('base64url')],
    ['in a basic header', Buffer.from(`user:${KEY}`).toString('base64')],
    ['in a basic header, one further', Buffer.from(`users:${KEY}!`).toString('base64')],
    ['in a basic header, two further', Buffer.from(`me-users:${KEY}!!`).toString('base64')],
    [
      'with unicode escapes',
      [...KEY].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    ],
  ];
  it.each(spellings)('%s', (_, spelling) => {
    const text = captured(`{"error":{"message":"Bad key ${spelling}."}}`, 401).text(KEY) ?? '';
    expect(text).not.toContain(spelling.slice(4, -4));
    expect(JSON.parse(text)).toHaveProperty('error.message');
  });
  it.each([
    ['with an escaped slash', KEY, KEY.replaceAll('/', '\\/')],
    ['with an escaped backslash', 'CANARY\\12345', 'CANARY\\\\12345'],
    ['in base64', '~~?>>>~~~~?>>>~~', Buffer.from('~~?>>>~~~~?>>>~~').toString('base64')],
    ['in base64 for URLs', '~~?>>>~~~~?>>>~~', Buffer.from('~~?>>>~~~~?>>>~~').toString('base64url')],
  ])('in plain words, %s', (_, key, spelling) => {
    // The last character of base64 may hold bits of what follows.
    expect(removeKeys(`It is ${spelling}`, key)).toMatch(/^It is \[key removed\].?=*$/);
  });
  it.each([
    ['Bearer abc.def_ghi'],
    ['sk-proj-0123456789abcdef'],
    ['gsk_0123456789abcdefgh'],
    ['AIzaSyA0123456789abcdefghijk'],
  ])('and nothing like one: %s', (other) => {
    expect(removeKeys(`Use ${other}, please`, KEY)).toBe('Use [key removed], please');
    expect(captured(`data: {"text":"${other}"}\n\n`).text(undefined)).not.toContain(other.slice(8));
  });
  it('and nothing like one among very many', () => {
    const text = captured('data: {"a":"Bearer"}\n\ndata: {"a":" x,"}\n\n'.repeat(40_000)).text(KEY) ?? '';
    expect(text).not.toMatch(/Bearer| x/);
  });
  it('nor in its content type', () => {
    expect(captured(delta('a'), 200, `text/${KEY}`).text(KEY)).not.toContain(KEY);
  });
  it('spelled token by token, and every token keeps its chunk', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom('content', 'reasoning_content', 'arguments'),
        (lengths, name) => {
          const words = `My key is ${KEY} and \\"Bearer xyz.abc\\" too.`;
          let rest = words;
          let body = '';
          for (let i = 0; rest !== ''; i++) {
            const length = lengths[i % lengths.length] ?? 1;
            const escaped = JSON.stringify({ delta: { [name]: rest.slice(0, length) } });
            body += `data: ${i % 2 ? escaped : escaped.replaceAll('/', '\\/')}\n\n`;
            rest = rest.slice(length);
          }
          const text = captured(body).text(KEY) ?? '';
          const joined = [...text.matchAll(/^data: (.*)$/gm)]
            .map(([, json = '']) => (JSON.parse(json) as { delta: Record<string, string> }).delta[name])
            .join('');
          expect(joined).toMatch(/^My key is \*{16} and \\"\*{14}\\" too\.$/);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Runs one attempt against a real server that follows the plan; what was captured. */
async function captureOf(plans: Plan[], more: Partial<AttemptInput> = {}): Promise<Capture> {
  const provider = await startProvider({ rate: 0 });
  const capture = createCapture();
  try {
    provider.plan(plans);
    const attempt = runAttempt({
      url: openAiDialect.chatUrl(provider.url),
      headers: openAiDialect.headers(KEY),
      secret: KEY,
      body: openAiDialect.chatBody({ model: 'm', messages: [{ role: 'user', content: 'hi' }] }),
      dialect: openAiDialect,
      timeouts: { connect: 0, firstToken: 0, idle: 0, total: 0 },
      fetch: (url, init) => fetch(url, init),
      clock: new FakeClock(),
      signal: new AbortController().signal,
      capture,
      ...more,
    });
    for await (const _ of attempt);
  } catch {
    // How it ended is told by what was captured.
  } finally {
    await provider.close();
  }
  return capture;
}

describe('an attempt against a real server', () => {
  it('that breaks is captured to the break, and breaks again in a replay', async () => {
    const capture = await captureOf([{ text: 'one two three four five six', eofAfter: 3 }]);
    const again = await replay(bytes(capture.text(KEY) ?? ''));
    expect(again).toMatchObject({ interrupted: true, finishReason: null });
    expect('one two three four five six'.startsWith(again.text) && again.text !== '').toBe(true);
  });
  it('that fails in the stream is captured with its error', async () => {
    const payload = { error: { message: `The key ${KEY} is bad`, code: 500 } };
    const capture = await captureOf([{ text: 'one two', errorAfter: { chunks: 1, payload } }]);
    const text = capture.text(KEY) ?? '';
    expect(text).not.toContain('CANARY');
    expect((await replay(bytes(text))).error).toMatchObject({ message: 'The key [key removed] is bad' });
  });
  it('that is refused is captured with the body of the error', async () => {
    const body = { error: { message: `Incorrect API key: ${KEY}` } };
    const text = (await captureOf([{ status: 401, body }])).text(KEY) ?? '';
    expect(JSON.parse(text)).toEqual({ error: { message: 'Incorrect API key: [key removed]' } });
    expect((await replay(bytes(text), { status: 401 })).error?.code).toBe('unauthorised');
  });
  it('that goes out again without a field is captured in the end only', async () => {
    const body = { error: { message: 'unsupported', param: 'stream_options' } };
    const text = (await captureOf([{ status: 400, body }, { text: 'fine' }])).text(KEY) ?? '';
    expect(text).not.toContain('unsupported');
    expect((await replay(bytes(text))).text).toBe('fine');
  });
});
