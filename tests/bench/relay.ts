// Server → worker → port → view against a fetch in a page, as fast as both can go, in turns.
import { launchRunnel } from '../e2e/harness/launch.ts';
import { startProvider } from '../provider/server.ts';
import { median, type Row, toRow } from './report.ts';

const RUNS = 5;
const DELTAS = 50_000;

interface Port {
  postMessage(message: unknown): void;
  onMessage: { addListener(listener: (message: { type: string }) => void): void };
}
declare const chrome: { runtime: { connect(info: { name: string }): Port } };

/** Asks as a view does, without drawing anything: what is measured is the way, not the paint. */
function askByPort(conversationId: string): Promise<{ ms: number; messages: number }> {
  return new Promise((resolve) => {
    const begin = performance.now();
    const port = chrome.runtime.connect({ name: 'runnel' });
    let messages = 0;
    port.onMessage.addListener(({ type }) => {
      if (type === 'delta') messages++;
      if (type === 'done' || type === 'error') resolve({ ms: performance.now() - begin, messages });
    });
    port.postMessage({
      type: 'chat',
      turnId: crypto.randomUUID(),
      conversationId,
      parentId: null,
      text: 'Go',
    });
  });
}

async function fetchDirectly(url: string): Promise<number> {
  const begin = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'scripted-small',
      stream: true,
      messages: [{ role: 'user', content: 'Go' }],
    }),
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    rest += decoder.decode(value, { stream: true });
    let start = 0;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', start)) {
      const data = rest.slice(start + 6, end);
      start = end + 2;
      if (data !== '[DONE]') text += JSON.parse(data).choices[0]?.delta.content ?? '';
    }
    rest = rest.slice(start);
  }
  return text === '' ? Number.NaN : performance.now() - begin;
}

export async function runRelayBench(): Promise<Row[]> {
  const provider = await startProvider({ rate: 0 });
  const runnel = await launchRunnel();
  try {
    await runnel.configure({ baseUrl: provider.url, key: 'sk-bench-key' });
    await runnel.tab.goto(`${provider.origin}/demo`);
    const view = await runnel.openTab('options.html');
    const events = Array.from({ length: DELTAS }, (_, i) => chunk(` word${i % 1000}`)).join('');
    const rawSse = `${events}data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`;
    const direct: number[] = [];
    const relayed: number[] = [];
    const messages: number[] = [];
    for (let run = 0; run <= RUNS; run++) {
      provider.plan([{ rawSse }, { rawSse }]);
      const alone = await runnel.tab.evaluate(fetchDirectly, `${provider.url}/chat/completions`);
      const ours = await view.evaluate(askByPort, `bench-${run}`);
      if (run === 0) continue;
      direct.push(alone);
      relayed.push(ours.ms);
      messages.push(ours.messages);
    }
    return [
      toRow(`direct fetch in a page, ${DELTAS} deltas at once`, 'ms', direct),
      toRow('through worker and port', 'ms', relayed, {
        ratio: median(relayed) / median(direct),
        target: '≤ 1.5 ×',
      }),
      toRow('messages on the port', 'messages', messages),
    ];
  } finally {
    await runnel.close();
    await provider.close();
  }
}

function chunk(content: string): string {
  const choices = [{ index: 0, delta: { content }, logprobs: null, finish_reason: null }];
  const head = { id: 'chatcmpl-0123456789abcdef', object: 'chat.completion.chunk', created: 1_700_000_000 };
  return `data: ${JSON.stringify({ ...head, model: 'scripted-small', choices })}\n\n`;
}
