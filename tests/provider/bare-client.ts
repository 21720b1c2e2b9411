// A bare client for the demo provider's own tests: it shares no code with the engine, so that both cannot be wrong together.
import type { Provider } from './server.ts';

export interface Chunk {
  id: string;
  model: string;
  sent_at?: number;
  choices: {
    index: number;
    delta: {
      role?: string;
      content?: string;
      reasoning_content?: string;
      tool_calls?: { index: number; id?: string; function: { name?: string; arguments: string } }[];
    };
    finish_reason: string | null;
  }[];
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null;
}

export interface Ask {
  text: string;
  system?: string;
  model?: string;
  stream?: boolean;
  usage?: boolean;
  signal?: AbortSignal;
}

/** The chat request of `ask`; streamed unless it says otherwise. */
export function askChat(provider: Provider, ask: Ask): Promise<Response> {
  const { text, system, model = 'scripted-small', stream = true, usage = false, signal } = ask;
  const messages = [{ role: 'user', content: text }];
  if (system !== undefined) messages.unshift({ role: 'system', content: system });
  return post(
    provider,
    'chat/completions',
    {
      model,
      messages,
      stream,
      ...(usage ? { stream_options: { include_usage: true } } : {}),
    },
    signal,
  );
}

export function post(
  provider: Provider,
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(`${provider.url}/${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'manual',
    ...(signal ? { signal } : {}),
  });
}

/** The data of every event of a body with LF or CRLF line ends; comments are left out. */
export function listData(body: string): string[] {
  return body
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));
}

/** The chunks of a stream; lines that are not JSON are left out. */
export function listChunks(body: string): Chunk[] {
  return listData(body)
    .filter((data) => data.endsWith('}'))
    .map((data) => JSON.parse(data) as Chunk);
}

export function joinText(chunks: Chunk[]): string {
  return chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
}

/** What could be read before the body broke off. */
export async function readUntilBreak(
  response: Response,
): Promise<{ text: string; broke: boolean; reads: number }> {
  const decoder = new TextDecoder();
  let text = '';
  let reads = 0;
  try {
    for await (const bytes of response.body ?? []) {
      reads += 1;
      text += decoder.decode(bytes, { stream: true });
    }
    return { text, broke: false, reads };
  } catch {
    return { text, broke: true, reads };
  }
}
