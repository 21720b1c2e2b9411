// The seven oracles. A row says what it expects; this is where all of it is held, on every row.
import type { Page } from '@playwright/test';
import { chatRequests } from '../../e2e/harness/fixtures.ts';
import { articles, button, replies, send, squeezed } from '../../e2e/harness/ui.ts';
import { until } from '../../e2e/harness/until.ts';
import { findCanary } from './canary.ts';
import type { Lab } from './lab.ts';
import type { Outcome } from './record.ts';
import { findOtherScreen, readScreen, type Shown } from './screen.ts';

export interface Expected {
  /** State of the last answer; null where there is none. */
  state: 'done' | 'partial' | 'failed' | null;
  /** Code of the trouble under it and the name of the button that helps; null where nothing is wrong, or it was the user who stopped. */
  trouble: { code: string; action: string | null } | null;
  /** Chat requests that the server saw. */
  requests: number;
  /** How many of them repeat an earlier one word for word; 0 unless the row is about repeating. */
  repeats?: number;
  /**
   * What is on screen of what the server sent: all of it; a beginning, where the user or a limit ended it; or this very text, where the
   * server's own account is none (raw bodies, several turns).
   */
  shown?: 'all' | 'beginning' | { text: string } | { beginningOf: string };
  /** A process died: at most this much of the stream may be missing, ms. */
  mayLoseMs?: number;
  /** What was written into a page, beside what the server sent for it. */
  pieces?: { shown: string; sent: string }[];
  /** Console errors that the row itself provokes in pages which are not ours. */
  errors?: RegExp;
  /** The action was tried by the row. */
  actionTried?: true;
}

/** Holds all oracles; what is not as it should be is in `problems`, each named by its oracle. */
export async function checkOracles(lab: Lab, expected: Expected): Promise<Outcome> {
  const problems: string[] = [];
  const note = (oracle: string, isRight: boolean, what: () => string) => {
    if (!isRight) problems.push(`${oracle}: ${what()}`);
  };
  const screen = await readScreen(lab.view);
  const { lostBytes, lostMs } = checkText(lab, expected, screen.at(-1), note);
  checkTrouble(expected, screen.at(-1), note);
  const duplicates = checkRequests(lab, expected, note);
  await checkReopened(lab, screen, 'O7', note);
  await checkAction(lab, expected, note);
  await checkOrdinary(lab, note);
  await checkReopened(lab, await readScreen(lab.view), 'O7 after the next message', note);
  const canary = await findCanary(lab);
  note('O6', canary.length === 0, () => `the key is in ${canary.join(', ')}`);
  const foreign = findForeign(lab);
  note('O6', foreign.length === 0, () => `requests to ${foreign.join(', ')}`);
  const { errors } = expected;
  const troubles = lab.runnel.troubles.filter((trouble) => !errors?.test(trouble));
  note('O4', troubles.length === 0, () => troubles.join('\n'));
  return {
    problems,
    duplicates,
    lostBytes,
    lostMs,
    canaryHits: canary.length,
    foreignRequests: foreign.length,
  };
}

type Note = (oracle: string, isRight: boolean, what: () => string) => void;

/** O1. Returns what is missing. */
function checkText(lab: Lab, expected: Expected, last: Shown | undefined, note: Note) {
  const { shown: wanted = 'all', mayLoseMs } = expected;
  let lostBytes = 0;
  let lostMs: number | null = null;
  for (const { shown, sent } of expected.pieces ?? []) {
    const missing = findMissing(squeezed(shown), squeezed(sent), note);
    lostBytes += missing;
    note('O1', missing === 0, () => `${missing} characters of a page's text are missing`);
  }
  if (expected.state === null) return { lostBytes, lostMs };
  const text = last?.role === 'assistant' ? last.text : '';
  const mayEnd = wanted === 'beginning' || (typeof wanted === 'object' && 'beginningOf' in wanted);
  const sent = squeezed(
    typeof wanted === 'string' ? lab.sent() : 'text' in wanted ? wanted.text : wanted.beginningOf,
  );
  const missing = findMissing(text, sent, note);
  if (mayLoseMs !== undefined) {
    lostMs = streamMs(lab, missing);
    note('O1', lostMs <= mayLoseMs, () => `${Math.round(lostMs ?? 0)} ms of the stream are missing`);
  } else if (!mayEnd) {
    lostBytes += missing;
    note('O1', missing === 0, () => `of ${sent.length} characters the last ${missing} are missing`);
  }
  return { lostBytes, lostMs };
}

/** Characters of `sent` that are missing at the end of `shown`; anything else that differs is a gap or a repetition. */
function findMissing(shown: string, sent: string, note: Note): number {
  let same = 0;
  while (same < shown.length && shown[same] === sent[same]) same += 1;
  note('O1', same === shown.length, () => {
    const around = (text: string) => JSON.stringify(text.slice(Math.max(0, same - 20), same + 40));
    return `shown and sent part at ${same}: ${around(shown)} and ${around(sent)}`;
  });
  return Math.max(0, sent.length - same);
}

/** How long the stream took for its last `characters`, ms. */
function streamMs(lab: Lab, characters: number): number {
  const entry = chatRequests(lab.provider).findLast(({ textSent }) => textSent !== '');
  if (!entry?.firstByteAt || !entry.lastChunkAt) return 0;
  return (characters / squeezed(entry.textSent).length) * (entry.lastChunkAt - entry.firstByteAt);
}

/** O2, what can be read. */
function checkTrouble({ state, trouble }: Expected, last: Shown | undefined, note: Note): void {
  const answer = last?.role === 'assistant' ? last : undefined;
  note(
    'O2',
    (answer?.state ?? null) === state,
    () => `the answer is ${answer?.state ?? 'not there'}, not ${state}`,
  );
  const code = answer?.code === 'aborted' && trouble === null ? null : (answer?.code ?? null);
  note('O2', code === (trouble?.code ?? null), () => `the trouble is ${code}, not ${trouble?.code ?? null}`);
  if (!trouble?.action) return;
  const { action } = trouble;
  note(
    'O2',
    answer?.actions[0] === action,
    () => `the button is ${answer?.actions.join(', ')}, not ${action}`,
  );
}

/** O3. Returns the requests that were sent again without leave. */
function checkRequests(lab: Lab, { requests, repeats = 0 }: Expected, note: Note): number {
  const asked = chatRequests(lab.provider);
  note('O3', asked.length === requests, () => `${asked.length} requests, not ${requests}`);
  const repeated = asked.length - new Set(asked.map(({ body }) => JSON.stringify(body))).size;
  note('O3', repeated === repeats, () => `${repeated} requests repeat another, not ${repeats}`);
  return Math.max(0, repeated - repeats);
}

/** O2, what has to be tried: the button must lead on. */
async function checkAction(lab: Lab, { trouble, actionTried }: Expected, note: Note): Promise<void> {
  const { view, provider, runnel } = lab;
  if (!trouble?.action || actionTried) return;
  const click = () =>
    button(view, trouble.action ?? '')
      .last()
      .click();
  const works = async () => {
    if (trouble.action === 'Retry' || trouble.action === 'Continue') {
      provider.plan({ text: 'And this is the rest.' });
      const before = await replies(view).count();
      await click();
      await lab.ends('done');
      return (await replies(view).count()) === before;
    }
    if (trouble.action === 'Start a new chat') {
      await click();
      return await until('an empty chat', async () => (await articles(view).count()) === 0);
    }
    if (trouble.action === 'Choose model') {
      await click();
      const picker = view.getByRole('dialog', { name: 'Models' });
      await picker.waitFor();
      await view.keyboard.press('Escape');
      await picker.waitFor({ state: 'hidden' });
      return true;
    }
    const opening = runnel.context.waitForEvent('page', { timeout: 8000 });
    await click();
    const opened = await opening;
    await opened.waitForURL(/options\.html/);
    await opened.close();
    await view.bringToFront();
    return true;
  };
  const outcome = await works().catch(String);
  note('O2', outcome === true, () => `${trouble.action} leads nowhere: ${outcome}`);
}

/** O5: the next message in the same view, on a server that is well. */
async function checkOrdinary(lab: Lab, note: Note): Promise<void> {
  const { view, provider } = lab;
  const answer = 'An ordinary answer to an ordinary question.';
  const before = chatRequests(provider).length;
  const messages = await articles(view).count();
  const works = async () => {
    provider.plan({ text: answer });
    await send(view, 'An ordinary question');
    await until(
      'the answer',
      async () => {
        const last = (await readScreen(view)).at(-1);
        return (await articles(view).count()) === messages + 2 && last?.state === 'done' && last;
      },
      { limitMs: 15_000 },
    );
    const last = (await readScreen(view)).at(-1);
    if (last?.text !== squeezed(answer)) return `it says ${last?.text}`;
    const asked = chatRequests(provider).length - before;
    return asked === 1 ? true : `${asked} requests`;
  };
  const outcome = await works().catch(String);
  note('O5', outcome === true, () => `the next message: ${outcome}`);
}

/** O7: a view opened now shows what this one shows. The second time this one is closed before. */
async function checkReopened(lab: Lab, screen: Shown[], oracle: string, note: Note): Promise<void> {
  const first: Page = lab.view;
  const isLast = oracle !== 'O7';
  if (isLast) await first.close();
  const again = await lab.openView();
  const other = await findOtherScreen(again, screen);
  note(
    oracle,
    other === undefined,
    () => `${JSON.stringify(other)}\n  is there again, not ${JSON.stringify(screen)}`,
  );
  if (isLast) return;
  await again.close();
  lab.view = first;
  await first.bringToFront();
}

/** Requests over the network to anything but the configured server. */
function findForeign(lab: Lab): string[] {
  const own = new Set([lab.provider.origin, ...lab.configured]);
  return lab.runnel.requested.filter(
    (url) => /^(https?|wss?|ftp):/.test(url) && !own.has(new URL(url).origin),
  );
}
