// The stored conversations as a whole: exported, imported, deleted.
import { type Signal, signal } from '@preact/signals';
import { toTrouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import type { WholeConversation } from '../protocol/history.ts';
import { sayPlainly } from '../words/plainly.ts';
import { say, sayCount } from '../words/say.ts';

interface Preview {
  conversations: WholeConversation[];
  messages: number;
  existing: number;
  problems: string[];
}

/** Files in and out of the history; every method may throw a StreamError. */
export interface HistoryFiles {
  exportAll(now: Date): Promise<{ file: Blob; count: number }>;
  preview(file: Pick<Blob, 'size' | 'text'>): Promise<Preview>;
  store(conversations: readonly WholeConversation[]): Promise<void>;
}

export interface HistoryDataDeps {
  connect: Connect;
  files: HistoryFiles;
  /** Every view reads the history again. */
  tellAll(): void;
  save(name: string, file: Blob): void;
  /** What is being written in any conversation goes with them. */
  forgetDrafts(): void;
}

export interface HistoryData {
  /** What has been done, for a person; empty where there is nothing to say. */
  status: Signal<string>;
  problem: Signal<string>;
  isBusy: Signal<boolean>;
  /** What the chosen file would bring; null where none is chosen. */
  preview: Signal<Preview | null>;
  exportAll(): Promise<void>;
  choose(file: Pick<Blob, 'size' | 'text'>): Promise<void>;
  /** Stores what the preview shows. */
  accept(): Promise<void>;
  cancel(): void;
  deleteAll(): Promise<void>;
}

export function createHistoryData({
  connect,
  files,
  tellAll,
  save,
  forgetDrafts,
}: HistoryDataDeps): HistoryData {
  const status = signal('');
  const problem = signal('');
  const isBusy = signal(false);
  const preview: HistoryData['preview'] = signal(null);
  /** One thing at a time; `work` resolves with what is to be said. */
  async function run(work: () => Promise<string>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    status.value = '';
    problem.value = '';
    try {
      status.value = await work();
    } catch (error) {
      problem.value = sayPlainly(toTrouble(error));
    }
    isBusy.value = false;
  }
  return {
    status,
    problem,
    isBusy,
    preview,
    exportAll: () =>
      run(async () => {
        const now = new Date();
        const { file, count } = await files.exportAll(now);
        save(`runnel-conversations-${now.toISOString().slice(0, 10)}.json`, file);
        return sayCount('exported', count);
      }),
    choose: (file) =>
      run(async () => {
        preview.value = null;
        preview.value = await files.preview(file);
        return '';
      }),
    accept: () =>
      run(async () => {
        const chosen = preview.value;
        if (!chosen || chosen.problems.length > 0) return '';
        await files.store(chosen.conversations);
        preview.value = null;
        tellAll();
        const { length } = chosen.conversations;
        return sayCount('imported', length);
      }),
    cancel() {
      preview.value = null;
    },
    deleteAll: () => run(() => deleteAll(connect, forgetDrafts)),
  };
}

async function deleteAll(connect: Connect, forgetDrafts: () => void): Promise<string> {
  await ask<'delete-all-conversations'>(connect, { type: 'delete-all-conversations' });
  forgetDrafts();
  return say('allDeleted');
}
