// Plain HTTP around the API: reading a body, preflights, pages.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type JournalEntry, now } from './journal.ts';
import { serverName } from './models.ts';
import { findPage } from './pages.ts';

const largestBody = 64 * 1024 * 1024;

/** Undefined when the client left first, or sent more than anybody sends. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestBody) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function parseBody(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function sendPlain(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  const caching = String(response.getHeader('cache-control') ?? 'no-store');
  response.writeHead(status, { server: serverName, 'content-type': type, 'cache-control': caching });
  response.end(body);
}

export function answerPreflight(response: ServerResponse, allowed: boolean): void {
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type, accept',
    'access-control-allow-private-network': 'true',
  };
  response.writeHead(allowed ? 204 : 405, { server: serverName, ...(allowed ? headers : {}) });
  response.end();
}

export function answerPage(response: ServerResponse, entry: JournalEntry, query: URLSearchParams): void {
  const page = findPage(entry.path, query);
  entry.endedAt = now();
  if (!page) {
    sendPlain(response, 404, 'text/plain', 'Not found\n');
    return;
  }
  // As most pages are: asked for anew each time, and yet kept in the back/forward cache.
  response.setHeader('cache-control', 'no-cache');
  for (const [name, value] of Object.entries(page.headers ?? {})) response.setHeader(name, value);
  sendPlain(response, 200, page.type, page.body);
}
