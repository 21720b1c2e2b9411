// Stream to text under Node: the engine against the bare loop and its peers, on the same bytes, in turns.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { once } from '../../lib/engine/retry.ts';
import { runTurn } from '../../lib/engine/run-turn.ts';
import { realClock } from '../../lib/engine/timeouts.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { readByLimit } from './limit.ts';
import { readByAiSdk, readByOpenAi } from './peers.ts';
import { median, type Row, toRow } from './report.ts';

const READ_BYTES = 4096;
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

type Read = (body: ReadableStream<Uint8Array>) => Promise<string>;

async function time(read: Read, bytes: Uint8Array): Promise<{ ms: number; text: string }> {
  const begin = performance.now();
  const text = await read(toBody(bytes));
  return { ms: performance.now() - begin, text };
}

/** Runs the contestants in turns; the first rounds warm the compiler up. @throws Error where two read different texts */
async function race(
  bytes: Uint8Array,
  contestants: Record<string, Read>,
  runs: number,
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
  let expected: string | undefined;
  for (let run = 0; run < runs + WARM_UP; run++) {
    for (const [name, read] of Object.entries(contestants)) {
      const { ms, text } = await time(read, bytes);
      expected ??= text;
      if (text !== expected) throw new Error(`${name} read another text`);
      if (run >= WARM_UP) times.get(name)?.push(ms);
    }
  }
  return times;
}

const WARM_UP = 2;
const RUNS = 7;
const SIZES = [1_000, 10_000, 100_000];

/** Bytes of heap that stay after a whole stream was read, less its text. */
async function measureRetained(bytes: Uint8Array): Promise<number> {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  await readByEngine(toBody(bytes));
  collect();
  const before = process.memoryUsage().heapUsed;
  const text = await readByEngine(toBody(bytes));
  collect();
  // One byte a character: the text is Latin. Reading it flattens what was concatenated.
  return process.memoryUsage().heapUsed - before - Buffer.byteLength(text, 'latin1');
}

export async function runEngineBench(): Promise<Row[]> {
  const rows: Row[] = [];
  const medians: number[] = [];
  for (const deltas of SIZES) {
    const times = await race(createBytes(deltas), { limit: readByLimit, engine: readByEngine }, RUNS);
    const limit = times.get('limit') ?? [];
    const engine = times.get('engine') ?? [];
    const target = deltas === 100_000 ? { target: '≤ 1.6 ×' } : {};
    medians.push(median(engine));
    rows.push(toRow(`bare loop, ${deltas} deltas`, 'ms', limit));
    rows.push(
      toRow(`engine, ${deltas} deltas`, 'ms', engine, { ratio: median(engine) / median(limit), ...target }),
    );
  }
  const [small = 1, , large = 1] = medians;
  rows.push(
    toRow('growth from 1,000 to 100,000 deltas', 'exponent', [Math.log(large / small) / Math.log(100)], {
      target: '≤ 1.05',
    }),
  );
  return [...rows, ...(await racePeers())];
}

async function racePeers(): Promise<Row[]> {
  const bytes = createBytes(100_000);
  const times = await race(bytes, { engine: readByEngine, openai: readByOpenAi, ai: readByAiSdk }, 5);
  const engine = times.get('engine') ?? [];
  const against = (name: string, what: string, target: string) => {
    const values = times.get(name) ?? [];
    return toRow(what, 'ms', values, { ratio: median(values) / median(engine), target });
  };
  return [
    toRow('engine, beside its peers', 'ms', engine),
    against('openai', 'openai, 100000 deltas', '≥ 3 × ours'),
    against('ai', 'ai + openai-compatible, 100000 deltas', '≥ 12 × ours'),
    toRow('heap kept after 100,000 deltas beyond the text', 'kB', [(await measureRetained(bytes)) / 1000]),
  ];
}
