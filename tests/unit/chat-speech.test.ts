// What is read aloud of an answer that streams: in sum its text, in whole sentences, nothing twice.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatModel } from '../../lib/chat/model.ts';
import { Speech } from '../../lib/chat/speech.ts';
import { emptyMessage } from '../../lib/engine/fold.ts';
import { plainText, type SpokenWords, spokenText } from '../../lib/render/plain-text.ts';
import { defaultSettings } from '../../lib/settings/schema.ts';
import { readySettings, ScriptedWorker, settle, turnOf } from './chat-worker.ts';

const words: SpokenWords = {
  code: (lines) => `Code block, ${lines} lines.`,
  note: (label, text) => `Footnote ${label}: ${text}`,
};

const ANSWER = `# A stream

It begins **small. Then it** grows, as [the map](https://example.com/map?a=1) shows! Does it end? See \`a.b()\`. Yes.

1. First the spring. It is cold.
2. Then the *river*, e.g. the Elbe.

\`\`\`js
const a = 1;
const b = 2;
\`\`\`

| Name | Length |
|---|---|
| Elbe | 1094 km |

> A quotation &amp; its end.
`;

const SPOKEN = [
  'A stream',
  'It begins small. Then it grows, as the map shows! Does it end? See a.b(). Yes.',
  '1. First the spring. It is cold.',
  '2. Then the river, e.g. the Elbe.',
  'Code block, 2 lines.',
  'Name, Length',
  'Elbe, 1094 km',
  'A quotation & its end.',
].join(' ');

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Pieces of 1 to `most` characters, from a seed. */
function split(text: string, seed: number, most: number): string[] {
  const pieces: string[] = [];
  let state = seed;
  for (let at = 0; at < text.length; ) {
    state = (state * 48271) % 2147483647;
    const length = 1 + (state % most);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

describe('speech', () => {
  for (let seed = 1; seed <= 40; seed++) {
    it(`says the text once, in whole sentences, split by seed ${seed}`, () => {
      const speech = new Speech(0);
      const said: string[] = [];
      for (const piece of split(ANSWER, seed, seed)) {
        speech.append(piece);
        said.push(speech.take());
      }
      // Nothing is said in the middle of a sentence.
      for (const words of said) if (words !== '') expect(words).toMatch(/[.!?\w)]$/);
      speech.end();
      said.push(speech.take());
      expect(squeezed(said.join(' '))).toBe(SPOKEN);
    });
  }

  it('says a sentence as soon as the next one begins, and code only when it is whole', () => {
    const speech = new Speech(0);
    speech.append('One is whole. Two is');
    expect(speech.take()).toBe('One is whole.');
    expect(speech.take()).toBe('');
    speech.append(' whole too.\n\n```\na\nb\nc\n');
    expect(speech.take()).toBe('Two is whole too.');
    speech.append('```\n');
    expect(speech.take()).toBe('Code block, 3 lines.');
  });

  it('looks at a long text that was there before no more than it must', () => {
    const old = 'A paragraph of words that were said. '.repeat(10).concat('\n\n').repeat(2000);
    const speech = new Speech(old.length);
    const begun = performance.now();
    speech.append(`${old}New words. And`);
    // What was the last sentence might have gone on.
    expect(speech.take()).toBe('A paragraph of words that were said.\nNew words.');
    // Read aloud, these 740,000 characters would take seconds.
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('leaves out what was there before, and what was said when a text begins anew', () => {
    const speech = new Speech('Old words. And'.length);
    speech.append('Old words. And new ones. Now');
    expect(speech.take()).toBe('And new ones.');
    speech.reset();
    speech.append('Old words. And new ones. Now more. Last');
    expect(speech.take()).toBe('Now more.');
  });
});

describe('the live region', () => {
  let worker: ScriptedWorker;
  let model: ChatModel;
  let said: string[] = [];

  beforeEach(async () => {
    await import('../../lib/chat/speech.ts');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    worker = new ScriptedWorker();
    model = worker.createModel({ now: () => Date.now() });
    said = [];
    model.announcement.subscribe((words) => void (words && said.push(`${Date.now() % 1e6} ${words}`)));
    await model.start();
  });
  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
  });

  it('says start, sentences with pauses between them, and end; in sum the text', async () => {
    vi.setSystemTime(0);
    model.send('Tell me');
    await settle();
    const port = worker.expectLast('chat');
    port.post({
      type: 'snapshot',
      seq: 1,
      turn: turnOf('new1', { state: 'waiting', reply: { ...turnOf('x').reply, text: '' } }),
    });
    const pieces = split(ANSWER, 7, 8);
    for (const [index, piece] of pieces.entries()) {
      port.text(index + 2, piece);
      await settle();
      await vi.advanceTimersByTimeAsync(200);
    }
    port.done();
    await settle();
    await vi.advanceTimersByTimeAsync(5000);
    const words = said.map((line) => line.slice(line.indexOf(' ') + 1));
    expect(words[0]).toBe('Waiting for the answer.');
    expect(squeezed(words.slice(1).join(' '))).toBe(`${SPOKEN} Answer complete.`);
    expect(words.length).toBeGreaterThan(4);
    const times = said.slice(1).map((line) => Number.parseInt(line, 10));
    for (const [index, time] of times.slice(1).entries())
      expect(time - Number(times[index])).toBeGreaterThanOrEqual(2500);
  });

  it('says only the end where that is wanted', async () => {
    worker.settings = readySettings({ settings: { ...defaultSettings, announces: 'end' } });
    void model.configured.change({ announces: 'end' });
    await settle();
    expect(worker.expectLast('save-settings').request).toMatchObject({ settings: { announces: 'end' } });
    await model.start();
    model.send('Tell me');
    await settle();
    const port = worker.expectLast('chat');
    port.post({
      type: 'snapshot',
      seq: 1,
      turn: turnOf('new1', { state: 'waiting', reply: emptyMessage() }),
    });
    port.text(2, 'A sentence. Another one. And');
    await vi.advanceTimersByTimeAsync(5000);
    port.done();
    await vi.advanceTimersByTimeAsync(5000);
    expect(said.map((line) => line.slice(line.indexOf(' ') + 1))).toEqual([
      'Waiting for the answer.',
      'Answer complete.',
    ]);
  });

  it('says nothing more of an answer that was stopped', async () => {
    model.send('Tell me');
    await settle();
    const port = worker.expectLast('chat');
    port.post({
      type: 'snapshot',
      seq: 1,
      turn: turnOf('new1', { state: 'waiting', reply: { ...turnOf('x').reply, text: '' } }),
    });
    port.text(2, 'A sentence that nobody hears. Another one. And');
    await settle();
    model.stop();
    port.done();
    await vi.advanceTimersByTimeAsync(5000);
    expect(said.map((line) => line.slice(line.indexOf(' ') + 1))).toEqual([
      'Waiting for the answer.',
      'Stopped.',
    ]);
  });

  it('says the same words again when they come again', async () => {
    worker.conversation.turns = [turnOf('t1')];
    await model.start();
    await model.actions.copy('t1');
    await model.actions.copy('t1');
    expect(said.map((line) => line.slice(line.indexOf(' ') + 1).trim())).toEqual(['Copied.', 'Copied.']);
  });
});

describe('plain text', () => {
  it('has no marks, and the addresses of links', () => {
    expect(plainText(ANSWER)).toBe(
      [
        'A stream',
        'It begins small. Then it grows, as the map (https://example.com/map?a=1) shows! Does it end? See a.b(). Yes.',
        '1. First the spring. It is cold.\n2. Then the river, e.g. the Elbe.',
        'const a = 1;\nconst b = 2;',
        'Name\tLength\nElbe\t1094 km',
        'A quotation & its end.',
      ].join('\n\n'),
    );
  });

  it('keeps lists in lists, boxes, line breaks and what is no markdown', () => {
    expect(plainText('- one\n  - two\n- [x] three')).toBe('- one\n  - two\n[x] three');
    expect(plainText('a\nb  \nc &lt;d&gt; <e> \\*f\\*')).toBe('a\nb\nc <d> <e> *f*');
    expect(plainText('<https://example.com> ![a cat](cat.png)')).toBe('https://example.com a cat');
    expect(plainText('')).toBe('');
  });

  it('keeps footnotes and formulas as they are written', () => {
    const noted = 'It is so[^a], $e^{x}$.\n\n[^a]: Says *who*?\n';
    expect(plainText(noted)).toBe('It is so[a], $e^{x}$.\n\n[a] Says who?');
    expect(spokenText(noted, words)).toBe('It is so, $e^{x}$.\nFootnote a: Says who?');
  });

  it('is bounded', () => {
    expect(plainText('>'.repeat(5000))).toBe('>'.repeat(5000));
    expect(spokenText('*'.repeat(20_000), words).length).toBeLessThanOrEqual(20_000);
  });
});
