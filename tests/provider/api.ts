// Answers one request to the API: first whatever its plan says about the HTTP answer, then the endpoint itself.
import type { JsonObject } from '../../lib/engine/types.ts';
import { findEmbeddings } from './embeddings.ts';
import { createErrorBody } from './errors.ts';
import { now } from './journal.ts';
import { modelList, serverName } from './models.ts';
import { createReply } from './replies.ts';
import { type ChatAsk, expectChatAsk } from './request.ts';
import { createSender, type Exchange, finish, sleep } from './sender.ts';
import { runStream } from './stream.ts';
import { createCompletion } from './whole.ts';

const json = 'application/json';

const portal = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in to the network</title></head>
<body><h1>Sign in to the network</h1><p>Accept the terms to go online.</p></body></html>
`;

/** The same endpoints are documented with and without /v1. */
function endpointOf(path: string): string {
  return path.replace(/^\/v1(?=\/)/, '');
}

export function isApiPath(path: string): boolean {
  return /^\/v1(\/|$)/.test(path) || ['/chat/completions', '/models', '/embeddings'].includes(path);
}

export function isChatPath(path: string): boolean {
  return endpointOf(path) === '/chat/completions';
}

function sendHead({ response, entry, journal, plan }: Exchange, status: number, type: string): void {
  response.writeHead(status, {
    server: serverName,
    'content-type': plan.contentType ?? type,
    'cache-control': 'no-cache',
    'x-request-id': `req_${entry.id}`,
    ...(plan.encoding ? { 'content-encoding': plan.encoding } : {}),
    ...(plan.cors ? { 'access-control-allow-origin': '*' } : {}),
    ...plan.headers,
  });
  response.flushHeaders();
  entry.headersAt = now();
  journal.changed(entry);
}

async function sendText(
  exchange: Exchange,
  status: number,
  type: string,
  text: string,
  shown = '',
): Promise<void> {
  const { entry, plan } = exchange;
  sendHead(exchange, status, type);
  const sender = createSender(exchange);
  await sender.wait(plan.firstTokenDelayMs ?? 0);
  if (text !== '') {
    await sender.send(text, () => {
      entry.textSent += shown;
    });
  }
  await sender.end();
}

const COMMENT_LINE = `: ${'.'.repeat(64 * 1024 - 3)}\n`;

async function sendBomb(exchange: Exchange, mebibytes: number): Promise<void> {
  sendHead(exchange, 200, 'text/event-stream');
  const sender = createSender(exchange);
  for (let sent = 0; sent < mebibytes * 16 && !exchange.signal.aborted; sent += 1) {
    await sender.send(COMMENT_LINE);
  }
  await sender.end();
}

function sendJson(exchange: Exchange, status: number, body: JsonObject, shown?: string): Promise<void> {
  return sendText(exchange, status, json, JSON.stringify(body), shown);
}

/** What the plan wants sent instead of a reply; undefined when the endpoint is to answer. */
function findPlanned({ plan }: Exchange): { status: number; type: string; text: string } | undefined {
  const { status = 200, body, html } = plan;
  if (plan.redirectTo !== undefined) return { status: plan.status ?? 307, type: 'text/plain', text: '' };
  if (html) return { status, type: 'text/html; charset=utf-8', text: html === true ? portal : html };
  if (typeof body === 'string') return { status, type: json, text: body };
  if (body !== undefined) return { status, type: json, text: JSON.stringify(body) };
  if (plan.rawSse !== undefined) return { status, type: 'text/event-stream', text: plan.rawSse };
  if (status >= 400) return { status, type: json, text: JSON.stringify(createErrorBody(status)) };
  return undefined;
}

function hasKey({ entry, plan }: Exchange): boolean {
  const key = entry.headers.authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
  return key !== undefined && (plan.keys?.includes(key) ?? true);
}

async function answerChat(exchange: Exchange, ask: ChatAsk, rate: number): Promise<void> {
  const { plan } = exchange;
  const reply = createReply(ask, plan);
  if (ask.stream && !plan.jsonDespiteStream) {
    sendHead(exchange, plan.status ?? 200, 'text/event-stream');
    return runStream(exchange, ask, reply, plan.rate ?? rate);
  }
  const { body, text } = createCompletion(ask, reply, plan);
  return sendJson(exchange, plan.status ?? 200, body, text);
}

async function answerEndpoint(exchange: Exchange, rate: number): Promise<void> {
  const { method, path, body } = exchange.entry;
  const endpoint = `${method} ${endpointOf(path)}`;
  if (endpoint === 'GET /models') return sendJson(exchange, 200, modelList);
  if (endpoint === 'POST /embeddings') {
    const found = findEmbeddings(typeof body === 'object' && body !== null ? { ...body } : {});
    if (found) return sendJson(exchange, 200, found);
    return sendJson(exchange, 400, createErrorBody(400, "'input' must be text or a list of texts.", 'input'));
  }
  if (endpoint === 'POST /chat/completions') {
    let ask: ChatAsk;
    try {
      ask = expectChatAsk(body);
    } catch (error) {
      return sendJson(
        exchange,
        400,
        createErrorBody(400, error instanceof Error ? error.message : undefined),
      );
    }
    return answerChat(exchange, ask, rate);
  }
  const message = `Unknown request URL: ${method} ${path}. Please check the URL for typos.`;
  return sendJson(exchange, 404, {
    error: { message, type: 'invalid_request_error', param: null, code: 'unknown_url' },
  });
}

/** Answers the exchange to its end; `rate` (tokens a second) is used where the plan has none. */
export async function answerApi(exchange: Exchange, rate: number): Promise<void> {
  const { response, entry, journal, plan, signal } = exchange;
  await sleep(plan.headerDelayMs ?? 0, signal);
  if (signal.aborted) return;
  if (plan.closeBeforeHeaders) {
    finish(entry, journal, signal);
    response.destroy();
    return;
  }
  if (plan.redirectTo !== undefined) response.setHeader('location', plan.redirectTo);
  if (plan.bombMiB !== undefined) return sendBomb(exchange, plan.bombMiB);
  const planned = findPlanned(exchange);
  if (planned) return sendText(exchange, planned.status, planned.type, planned.text);
  if (!hasKey(exchange)) {
    const message = entry.headers.authorization ? undefined : 'You did not provide an API key.';
    return sendJson(exchange, 401, createErrorBody(401, message));
  }
  return answerEndpoint(exchange, rate);
}
