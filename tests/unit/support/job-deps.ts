// What jobs depend on, in memory.

import { createRefusalMemo } from '../../../lib/engine/refused.ts';
import { realClock } from '../../../lib/engine/timeouts.ts';
import type { AskDeps } from '../../../lib/jobs/ask-chat.ts';
import { createCaptures } from '../../../lib/jobs/captures.ts';
import type { JobConnection } from '../../../lib/jobs/chat-job.ts';
import type { Price } from '../../../lib/jobs/estimate.ts';
import { LiveTurns } from '../../../lib/jobs/live-turns.ts';
import type { Used } from '../../../lib/jobs/meter.ts';
import type { RunWishes } from '../../../lib/jobs/translate-job.ts';
import type { Notice, Turn } from '../../../lib/protocol/contract.ts';
import { openAiDialect } from '../../../lib/providers/openai/dialect.ts';
import type { Language } from '../../../lib/translate/languages.ts';
import { createScriptedServer } from './scripted-body.ts';

export const CONNECTION: JobConnection = {
  baseUrl: 'https://api.test/v1',
  key: 'k',
  model: 'm',
  timeouts: { connect: 0, firstToken: 0, idle: 0, total: 0 },
  retries: 0,
  continuations: 0,
};

const wishes = (language: Language): RunWishes => ({
  language,
  instruction: '',
  glossary: '',
  atOnce: 3,
  confirmAbove: 0,
  recent: [],
});

/** What a translation needs beside what every job does: a cache in memory, and a browser that never knows a language. */
export function createTranslateParts(more: Partial<RunWishes> = {}) {
  const cached = new Map<string, string>();
  return {
    cached,
    cache: {
      find: async (keys: readonly string[]) =>
        new Map(keys.flatMap((key) => (cached.has(key) ? [[key, cached.get(key) ?? '']] : []))),
      put: async (key: string, text: string) => void cached.set(key, text),
      keyOf: async (parts: readonly string[]) => parts.join('|'),
    },
    detectLanguage: async (_: string): Promise<string | undefined> => undefined,
    wishesFor: async (language: Language): Promise<RunWishes> => ({ ...wishes(language), ...more }),
    used: (_: Used): void => {},
    findPrice: async (): Promise<Price | undefined> => undefined,
  };
}

export function createJobDeps(more: Partial<AskDeps> = {}) {
  const server = createScriptedServer();
  const stored = new Map<string, Turn>();
  const log: string[] = [];
  const notices: Notice[] = [];
  let awake = 0;
  const save = async (turn: Turn) => {
    stored.set(turn.id, structuredClone(turn));
    log.push(`save ${turn.state}`);
  };
  const deps: AskDeps = {
    live: new LiveTurns(),
    ledger: {
      begin: save,
      save,
      findTurn: async (id) => stored.get(id),
      path: async (id) => (id === null ? [] : [...stored.values()].filter((turn) => turn.id === id)),
    },
    systemFor: async () => '',
    expectConnection: async () => CONNECTION,
    dialectFor: () => openAiDialect,
    refusals: createRefusalMemo(),
    captures: createCaptures(),
    fetch: (url, init) => {
      log.push('fetch');
      return server.fetch(url, init);
    },
    clock: realClock,
    isOnline: () => true,
    keepAwake: () => {
      awake++;
      return () => void awake--;
    },
    now: () => 0,
    used: () => {},
    seen: () => {},
    ended: () => {},
    notify: (notice) => void notices.push(notice),
    ...more,
  };
  return { deps, server, stored, log, notices, awake: () => awake };
}
