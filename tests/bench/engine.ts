// Stream to text under Node: the engine against the bare loop, on the same bytes, in turns.
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { once } from '../../lib/engine/retry.ts';
import { runTurn } from '../../lib/engine/run-turn.ts';
import { realClock } from '../../lib/engine/timeouts.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { readByLimit } from './limit.ts';
import { median, type Row, toRow } from './report.ts';

const READ_BYTES = 4096;
const RUNS = 7;
const SIZES = [1_000, 10_000, 100_000];

function createBytes(deltas: number): Uint8Array {
  const head = {
    id: 'chatcmpl-0123456789abcdef0123456789',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
  };
  let text = '';
  for (let i = 0; i < deltas; i++) {
    const choices = [
      { index: 0, delta: { content: ` word${i % 1000}` }, logprobs: null, finish_reason: null },
    ];
    text += `data: ${JSON.stringify({ ...head, model: 'some-model-2026', system_fingerprint: 'fp_0123456789', choices })}\n\n`;
  }
  text += `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`;
  return new TextEncoder().encode(text);
}

function toBody(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(offset, offset + READ_BYTES));
      offset += READ_BYTES;
    },
  });
}

async function readByEngine(body: ReadableStream<Uint8Array>): Promise<string> {
  const message = emptyMessage();
  const turn = runTurn({
    url: 'https://bench.invalid',
    headers: {},
    ...once,
    request: { model: 'bench', messages: [] },
    dialect: openAiDialect,
    timeouts: { connect: 60_000, firstToken: 60_000, idle: 60_000, total: 600_000 },
    fetch: async () => new Response(body),
    clock: realClock,
    signal: new AbortController().signal,
  });
  for await (const step of turn) if (step.type === 'batch') fold(message, step.events);
  return message.text;
}

async function time(read: (body: ReadableStream<Uint8Array>) => Promise<string>, bytes: Uint8Array) {
  const begin = performance.now();
  const text = await read(toBody(bytes));
  return { ms: performance.now() - begin, text };
}

export async function runEngineBench(): Promise<Row[]> {
  const rows: Row[] = [];
  const medians: number[] = [];
  for (const deltas of SIZES) {
    const bytes = createBytes(deltas);
    const limit: number[] = [];
    const ours: number[] = [];
    for (let run = 0; run < RUNS + 2; run++) {
      const a = await time(readByLimit, bytes);
      const b = await time(readByEngine, bytes);
      if (a.text !== b.text) throw new Error('the engine and the bare loop read different texts');
      // The first two rounds warm the compiler up.
      if (run >= 2) {
        limit.push(a.ms);
        ours.push(b.ms);
      }
    }
    medians.push(median(ours));
    rows.push(toRow(`bare loop, ${deltas} deltas`, 'ms', limit));
    rows.push(
      toRow(`engine, ${deltas} deltas`, 'ms', ours, {
        ratio: median(ours) / median(limit),
        target: '≤ 1.6 ×',
      }),
    );
  }
  const [small = 1, , large = 1] = medians;
  const exponent = Math.log(large / small) / Math.log(100);
  rows.push(toRow('growth from 1,000 to 100,000 deltas', 'exponent', [exponent], { target: '≤ 1.05' }));
  return rows;
}
