// The search's own worker: the index would weigh too much on the background worker, which sleeps after half a minute, and on a view,
// whose letters it would hold up.
import { listenToNotices } from '../platform/notices.ts';
import type { SearchAnswer, SearchQuestion } from '../protocol/search.ts';
import { createConnection } from '../store/database.ts';
import { HISTORY_MIGRATIONS } from '../store/migrations.ts';
import { SEARCH_DATABASE, SEARCH_MIGRATIONS } from '../store/search-rows.ts';
import { Finder } from './finder.ts';
import { IndexKeeper } from './index-keeper.ts';
import { readTurns } from './source.ts';

/** Several changes at once are one, ms. */
const SETTLE_MS = 400;

const post = (answer: SearchAnswer) => postMessage(answer);
const history = createConnection({ name: 'runnel', migrations: HISTORY_MIGRATIONS });
const store = createConnection({ name: SEARCH_DATABASE, migrations: SEARCH_MIGRATIONS });
let mayWrite = false;

/** A message to oneself comes behind those of others, and without a timer's four milliseconds. */
function pause(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(null);
  return promise;
}

let renewAt = 0;
const keeper: IndexKeeper = new IndexKeeper({
  history,
  store,
  mayWrite: () => mayWrite,
  // While an index is made, this comes for every few conversations.
  onChange(shards) {
    if (shards.length > 0 && performance.now() < renewAt) return void changed.push(...shards);
    renewAt = performance.now() + 150;
    void finder.renew(changed.splice(0).concat(shards));
  },
  pause,
});
const changed: (typeof keeper.shards)[number][] = [];
const finder: Finder = new Finder({
  shards: () => keeper.shards,
  listed: () => keeper.listed,
  isWhole: () => keeper.isWhole,
  readTurns: (ids) => readTurns(history, ids),
  post,
  pause,
  now: () => performance.now(),
});

function sync(): void {
  keeper.sync().catch((error: unknown) => {
    post({ type: 'problem', message: error instanceof Error ? error.message : String(error) });
  });
}

let due: ReturnType<typeof setTimeout> | undefined;
listenToNotices((notice) => {
  if (notice.type === 'settings-changed' || notice.type === 'turn-started') return;
  clearTimeout(due);
  due = setTimeout(sync, SETTLE_MS);
});

addEventListener('message', ({ data }: MessageEvent<SearchQuestion>) => {
  void finder.ask(data.id, data.query);
});

// Whoever has the lock writes the index down, for as long as it lives.
void navigator.locks.request('runnel-search', () => {
  mayWrite = true;
  sync();
  return new Promise(() => {});
});
sync();
