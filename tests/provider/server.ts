// The demo and fault provider: a loopback server that speaks the API and does what its plans say.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi, isApiPath, isChatPath } from './api.ts';
import { answerControl, type Controls } from './control.ts';
import { answerPage, answerPreflight, parseBody, readBody, sendPlain } from './http.ts';
import { createJournal, type Journal, type JournalEntry, now } from './journal.ts';
import type { Plan } from './plan.ts';

export interface ProviderOptions {
  /** 0 or absent: any free port. */
  port?: number;
  host?: string;
  /** Tokens a second where a plan has none; 60 by default, 0 = as fast as possible. */
  rate?: number;
  /** Answers preflights and lets any origin read. */
  cors?: boolean;
}

export interface Provider extends Controls {
  /** The base URL, ending in /v1. */
  url: string;
  origin: string;
  port: number;
  /** Queues plans for the next chat requests, one each; the queue goes before what planFor has set. */
  plan(plans: Plan | Plan[]): void;
  /** A plan for every API request that matches, until the returned function or reset() is called; the latest wins. */
  planFor(matches: (entry: JournalEntry) => boolean, plan: Plan): () => void;
  /** One entry a request to the API or a page, in order of arrival; controls are not in it. */
  journal: JournalEntry[];
  /** The first entry that matches, now or later; rejects after `ms` (5,000). */
  waitFor(matches: (entry: JournalEntry) => boolean, ms?: number): Promise<JournalEntry>;
  /** Forgets plans and journal; running answers go on. */
  reset(): void;
  /** Closes every connection and stops listening, as a server that went down; `listenAgain` brings it back on the same port. */
  close(): Promise<void>;
  /** Rejects where somebody else has taken the port meanwhile. */
  listenAgain(): Promise<void>;
}

interface Rule {
  matches: (entry: JournalEntry) => boolean;
  plan: Plan;
}

interface State {
  journal: Journal;
  queue: Plan[];
  rules: Rule[];
  rate: number;
  cors: boolean;
}

function takePlan(state: State, entry: JournalEntry): Plan {
  const queued = isChatPath(entry.path) && entry.method === 'POST' ? state.queue.shift() : undefined;
  const found = queued ?? state.rules.findLast((rule) => rule.matches(entry))?.plan;
  return { cors: state.cors, ...found };
}

/** Enters the close in the journal the moment it happens; the signal ends every wait of the answer. */
function watchClose(response: ServerResponse, entry: JournalEntry, journal: Journal): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    entry.closedAt = now();
    entry.closedBy = entry.endedAt === null ? 'client' : 'server';
    entry.aborted = entry.endedAt === null;
    gone.abort();
    journal.changed(entry);
  });
  return gone.signal;
}

async function serve(request: IncomingMessage, response: ServerResponse, state: State, controls: Controls) {
  const target = new URL(request.url ?? '/', 'http://loopback');
  const isControl = target.pathname.startsWith('/control/');
  const journal = isControl ? createJournal() : state.journal;
  const entry = journal.open({
    method: request.method ?? 'GET',
    path: target.pathname,
    url: request.url ?? '/',
    headers: request.headers,
  });
  const signal = watchClose(response, entry, journal);
  const text = await readBody(request);
  if (text === undefined) return void response.destroy();
  entry.body = parseBody(text);
  journal.changed(entry);
  if (isControl) {
    const { status, body } = answerControl(entry, target.searchParams, controls);
    return sendPlain(response, status, 'application/json', JSON.stringify(body));
  }
  if (!isApiPath(entry.path)) return answerPage(response, entry, target.searchParams);
  const plan = takePlan(state, entry);
  if (request.method !== 'OPTIONS') {
    return answerApi({ response, entry, journal, plan, signal }, state.rate);
  }
  entry.endedAt = now();
  answerPreflight(response, plan.cors === true);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function createControls(state: State): Controls {
  return {
    journal: state.journal.entries,
    plan(plans) {
      state.queue.push(...(Array.isArray(plans) ? plans : [plans]));
    },
    planFor(matches, plan) {
      const rule = { matches, plan };
      state.rules.push(rule);
      return () => {
        state.rules = state.rules.filter((other) => other !== rule);
      };
    },
    reset() {
      state.queue.length = 0;
      state.rules.length = 0;
      state.journal.clear();
    },
  };
}

/** Rejects where the port is taken. */
export async function startProvider(options: ProviderOptions = {}): Promise<Provider> {
  const { host = '127.0.0.1', rate = 60, cors = false } = options;
  const state: State = { journal: createJournal(), queue: [], rules: [], rate, cors };
  const controls = createControls(state);
  const server = createServer((request, response) => {
    serve(request, response, state, controls).catch((error: unknown) => {
      // A fault that no plan asked for must be seen, not taken for one of the plan's.
      console.error(error);
      response.destroy();
    });
  });
  const port = await listen(server, options.port ?? 0, host);
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    ...controls,
    url: `${origin}/v1`,
    origin,
    port,
    waitFor: state.journal.waitFor,
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
    listenAgain: async () => void (await listen(server, port, host)),
  };
}
