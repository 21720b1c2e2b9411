// What every view of the chat needs from the browser, the same in the popup, the panel and a tab.
import { findCommands } from './commands.ts';
import { localDrafts } from './drafts.ts';
import { withEarlyAnswer } from './early.ts';
import { listenToNotices } from './notices.ts';
import { localOutbox } from './outbox.ts';
import { connectToWorker } from './ports.ts';
import { startSearch } from './search-worker.ts';

export const viewDeps = {
  connect: withEarlyAnswer(connectToWorker),
  openSearch: startSearch,
  listen: listenToNotices,
  findCommands,
  outbox: localOutbox,
  drafts: localDrafts,
  pages: async () => (await import('./pages.ts')).tabPages,
  copyText: (text: string) => navigator.clipboard.writeText(text),
  newId: () => crypto.randomUUID() as string,
  now: () => Date.now(),
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};
