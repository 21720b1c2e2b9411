// Builds what the worker's handlers need.

import { realClock } from '../../lib/engine/timeouts.ts';
import type { AskDeps } from '../../lib/jobs/ask-chat.ts';
import type { AskTranslateDeps } from '../../lib/jobs/ask-translate.ts';
import { createCaptures } from '../../lib/jobs/captures.ts';
import { Grants } from '../../lib/jobs/grants.ts';
import { LiveTurns } from '../../lib/jobs/live-turns.ts';
import { languageOf } from '../../lib/jobs/target-language.ts';
import { keepAwake } from '../../lib/platform/keep-awake.ts';
import { offerOriginal } from '../../lib/platform/menus.ts';
import { createNotifier } from '../../lib/platform/notices.ts';
import { hasHostPermission } from '../../lib/platform/permissions.ts';
import {
  forgetSession,
  readSession,
  readStored,
  writeSession,
  writeStored,
} from '../../lib/platform/storage.ts';
import { openSetup } from '../../lib/platform/surfaces.ts';
import { dialectFor } from '../../lib/providers/dialect-for.ts';
import { needsKey } from '../../lib/providers/presets.ts';
import { type ConnectionSources, expectConnection } from '../../lib/settings/connection.ts';
import { createStoredRefusals } from '../../lib/settings/refusals.ts';
import { loadSettings } from '../../lib/settings/stored.ts';
import { createLedger } from '../../lib/store/ledger.ts';
import { createVault } from '../../lib/store/vault.ts';

export const vault = createVault();
export const ledger = createLedger();
export const notify = createNotifier();
export const captures = createCaptures();

/** Turns that another worker left running are ended before anything else is served. */
export const ready: Promise<void> = ledger.endOrphans().catch(() => {});

const sources: ConnectionSources = {
  settings: loadSettings,
  findKey: (origin) => vault.find(origin),
  hasPermission: hasHostPermission,
  needsKey,
};

const shared = {
  expectConnection: () => expectConnection(sources),
  dialectFor,
  refusals: createStoredRefusals({ read: readStored, write: writeStored }, Date.now),
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  clock: realClock,
  isOnline: () => navigator.onLine,
  keepAwake,
};

export const chatDeps: AskDeps = { ...shared, live: new LiveTurns(), ledger, notify, captures };

const GRANTS = 'grants';

export const translateDeps: AskTranslateDeps = {
  ...shared,
  grants: new Grants({
    now: () => Date.now(),
    read: () => readSession(GRANTS),
    write: (records) => writeSession(GRANTS, records),
    forget: () => forgetSession(GRANTS),
  }),
  expectLanguage: async (tag) => languageOf(tag ?? (await loadSettings()).targetLanguage),
  openSetup,
  offerOriginal,
};
