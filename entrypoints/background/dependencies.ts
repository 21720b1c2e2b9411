// Builds what the worker's handlers need.

import { realClock } from '../../lib/engine/timeouts.ts';
import type { AskDeps } from '../../lib/jobs/ask-chat.ts';
import type { AskTranslateDeps } from '../../lib/jobs/ask-translate.ts';
import { Badge } from '../../lib/jobs/badge.ts';
import { createCaptures } from '../../lib/jobs/captures.ts';
import { Choices } from '../../lib/jobs/choices.ts';
import { Grants } from '../../lib/jobs/grants.ts';
import { LiveTurns } from '../../lib/jobs/live-turns.ts';
import { PageLimits } from '../../lib/jobs/page-limits.ts';
import { PageRuns } from '../../lib/jobs/page-runs.ts';
import { Running } from '../../lib/jobs/running.ts';
import { Shelving, toEntry } from '../../lib/jobs/shelving.ts';
import { expectOffered, languageOf } from '../../lib/jobs/target-language.ts';
import { showBadge } from '../../lib/platform/action.ts';
import { detectLanguage } from '../../lib/platform/detect-language.ts';
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
import type { Turn } from '../../lib/protocol/contract.ts';
import { dialectFor } from '../../lib/providers/dialect-for.ts';
import { needsKey } from '../../lib/providers/presets.ts';
import { type ConnectionSources, expectConnection } from '../../lib/settings/connection.ts';
import { createPrices } from '../../lib/settings/prices.ts';
import { createStoredRefusals } from '../../lib/settings/refusals.ts';
import { withRecentLanguage } from '../../lib/settings/sites.ts';
import { changeSettings, loadSettings } from '../../lib/settings/stored.ts';
import { createBranches } from '../../lib/store/branches.ts';
import { createConnection } from '../../lib/store/database.ts';
import { findSystem } from '../../lib/store/head.ts';
import { createKeptRows } from '../../lib/store/kept-rows.ts';
import { createLedger } from '../../lib/store/ledger.ts';
import { HISTORY_MIGRATIONS } from '../../lib/store/migrations.ts';
import { readConversation } from '../../lib/store/row-schema.ts';
import { createDiskRows } from '../../lib/store/rows.ts';
import { createForgetSearch } from '../../lib/store/search-rows.ts';
import { createShelf } from '../../lib/store/shelf.ts';
import { createTemporaryRows } from '../../lib/store/temporary-rows.ts';
import { createTranslations, translationKey } from '../../lib/store/translations.ts';
import { createVault } from '../../lib/store/vault.ts';
import { createAccount } from '../../lib/usage/account.ts';
import { createUsageStore } from '../../lib/usage/store.ts';

export const vault = createVault();
export const notify = createNotifier();
export const captures = createCaptures();
export const running = new Running(keepAwake);

const tellStorage = () => notify({ type: 'storage-changed' });
const history = createConnection({
  name: 'runnel',
  migrations: HISTORY_MIGRATIONS,
  onLost: tellStorage,
});
const kept = createKeptRows(createDiskRows(history), {
  onState: tellStorage,
  after: realClock.after,
  keepAwake,
});
const rows = createTemporaryRows(kept, { read: readSession, write: writeSession, forget: forgetSession });
/** Written by this start of the worker. */
const boot = crypto.randomUUID();
export const ledger = createLedger(rows, boot, (row) =>
  notify({ type: 'conversation-listed', entry: toEntry(row) }),
);
export const branches = createBranches(rows, boot);

const sources: ConnectionSources = {
  settings: loadSettings,
  findKey: (origin) => vault.find(origin),
  hasPermission: hasHostPermission,
  needsKey,
};

export const prices = createPrices({ read: readStored, write: writeStored });
export const usage = createUsageStore({ now: () => Date.now() });
export const choices = new Choices({
  ledger: {
    findChoice: async (id) => readConversation(await rows.conversation(id))?.choice,
    choose: (id, choice) => rows.patch(id, (row) => ({ ...row, choice })),
  },
  read: () => readSession('choices'),
  write: (early) => writeSession('choices', early),
});

const shared = {
  expectConnection: async (conversationId?: string) =>
    expectConnection(sources, conversationId === undefined ? undefined : await choices.find(conversationId)),
  used: createAccount(usage, prices),
  dialectFor,
  refusals: createStoredRefusals({ read: readStored, write: writeStored }, Date.now),
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  clock: realClock,
  isOnline: () => navigator.onLine,
  keepAwake: running.begin,
};

const live = new LiveTurns();
export const badge = new Badge({
  read: () => readSession('unseen'),
  write: (unseen) => writeSession('unseen', unseen),
  show: (looks) => void showBadge(looks).catch(() => {}),
  isUnwatched: () => live.isUnwatched,
  after: realClock.after,
});
live.onChange = () => badge.update();

export const forgetSearch = createForgetSearch();
export const shelving = new Shelving({
  live,
  rows,
  shelf: createShelf(history),
  ledger,
  versionsOf: (path) => branches.versions(path),
  forgetSearch,
  seen: (conversationId) => void badge.seen(conversationId),
  notify,
  newId: () => crypto.randomUUID(),
  now: () => Date.now(),
  after: realClock.after,
});

/** Turns that another worker left running are ended before anything else is served. */
export const ready: Promise<void> = ledger.endOrphans().then(tellOrphans, () => {});
void ready.then(() => shelving.sweep());

export const chatDeps: AskDeps = {
  ...shared,
  live,
  ledger,
  notify,
  captures,
  now: () => Date.now(),
  systemFor: async (conversationId, own) =>
    (own ?? (await findSystem(rows, conversationId))) || (await loadSettings()).system,
  seen: (conversationId) => void badge.seen(conversationId),
  ended: (turn, isWatched) => {
    if (!isWatched) void badge.ended(turn);
    void choices.settle(turn.conversationId).catch(() => {});
  },
};

export const translations = createTranslations({ now: () => Date.now() });

export const translateDeps: AskTranslateDeps = {
  ...shared,
  runs: new PageRuns(),
  grants: new Grants({
    now: () => Date.now(),
    read: () => readSession('grants'),
    write: (records) => writeSession('grants', records),
    forget: () => forgetSession('grants'),
  }),
  expectLanguage: async (tag) => {
    const { targetLanguage, recentLanguages } = await loadSettings();
    return expectOffered(tag, targetLanguage, recentLanguages);
  },
  tookLanguage: async (tag) => void (await changeSettings((stored) => withRecentLanguage(stored, tag))),
  baseUrl: async () => (await loadSettings()).baseUrl,
  wishesFor: async (language) => {
    const { wishes, translationsAtOnce, confirmAbove, recentLanguages } = await loadSettings();
    const { instruction, glossary } = wishes[language.tag] ?? { instruction: '', glossary: '' };
    const recent = recentLanguages.map(languageOf);
    return { language, instruction, glossary, atOnce: translationsAtOnce, confirmAbove, recent };
  },
  findPrice: prices.find,
  limits: new PageLimits({
    now: () => Date.now(),
    read: () => readSession('page-limits'),
    write: (spent) => writeSession('page-limits', spent),
  }),
  cache: { ...translations, keyOf: translationKey },
  detectLanguage,
  openSetup,
  offerOriginal,
};

/** What died with the worker before this one ended unseen, until a view asks for it. */
async function tellOrphans(ended: readonly Turn[]): Promise<void> {
  for (const turn of ended) await badge.ended(turn);
  badge.update();
}
