import { expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import { type AskTranslateDeps, askTranslate } from '../../lib/jobs/ask-translate.ts';
import { Grants } from '../../lib/jobs/grants.ts';
import { languageOf } from '../../lib/jobs/target-language.ts';
import type { SegmentEvent } from '../../lib/protocol/contract.ts';
import { createJobDeps, createTranslateParts } from './support/job-deps.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

const segments = [
  // Too long for one request.
  { id: 1, text: 'one '.repeat(200) },
  { id: 2, text: 'another '.repeat(100) },
];
const ALL = segments.reduce((sum, { text }) => sum + text.length, 0);

const ok: Fetch = async () => new Response(delta('text') + FINISH + DONE);

function setUp(fetch: Fetch, documentId: string | undefined, more: Partial<AskTranslateDeps> = {}) {
  const grants = new Grants({
    now: () => 0,
    read: async () => undefined,
    write: async () => {},
    forget: async () => {},
  });
  const asked: unknown[] = [];
  const deps: AskTranslateDeps = {
    ...createJobDeps({ fetch }).deps,
    ...createTranslateParts(),
    grants,
    limits: { take: async () => {} },
    expectLanguage: async (tag) => languageOf(tag ?? 'es'),
    openSetup: async (tabId) => void asked.push(tabId),
    offerOriginal: () => Promise.reject(new Error('Session storage quota bytes exceeded.')),
    ...more,
  };
  const sender = { tabId: 7, frameId: 0, documentId, url: 'https://page.test/' };
  const [stop, leave] = [new AbortController(), new AbortController()];
  const events: SegmentEvent[] = [];
  const ask = () =>
    askTranslate(
      deps,
      { segments },
      { sender, post: (event) => events.push(event), stopped: stop.signal, left: leave.signal },
    );
  grants.mint({ tabId: 7, frameId: 0, maxChars: ALL }, Promise.resolve(documentId));
  return { grants, sender, ask, stop, leave, asked, events };
}

const refused = { code: 'permission' };

it('a run that ended well leaves nothing to ask for, and trouble with the menu does not end it', async () => {
  const { grants, sender, ask } = setUp(ok, 'd1');
  expect(await ask()).toBeNull();
  await expect(grants.spend(sender, 1)).rejects.toMatchObject(refused);
});

it('of a run in which a block failed its text may be asked for again', async () => {
  let count = 0;
  const { grants, sender, ask } = setUp(
    async (url, init) => (++count === 2 ? new Response('', { status: 500 }) : ok(url, init)),
    'd1',
  );
  await ask();
  await expect(grants.spend(sender, (segments[1]?.text.length ?? 0) + 1)).rejects.toMatchObject(refused);
});

const hanging: Fetch = (_, { signal }) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));

/** The first block is done, and its page has perhaps not heard of it; the second has not begun. */
function halfWay(documentId: string | undefined) {
  let count = 0;
  return setUp((url, init) => (++count === 1 ? ok(url, init) : hanging(url, init)), documentId);
}

async function firstDone({ events }: { events: SegmentEvent[] }): Promise<void> {
  await expect
    .poll(() => events.some((event) => event.type === 'segment' && event.state === 'done'))
    .toBe(true);
}

it.each(['stop', 'leave'] as const)('after %s the whole run may be asked for again', async (end) => {
  const run = halfWay('d1');
  const asked = run.ask();
  await firstDone(run);
  run[end].abort(new StreamError('aborted', 'Stopped.'));
  await asked;
  await run.grants.spend(run.sender, ALL);
});

it('a document without a name that was left may ask for nothing', async () => {
  const run = halfWay(undefined);
  const asked = run.ask();
  await firstDone(run);
  run.leave.abort();
  await asked;
  await expect(run.grants.spend(run.sender, 1)).rejects.toMatchObject(refused);
});

it('without a key the options open, even where they cannot, and the run may be tried again', async () => {
  const expectConnection = () => Promise.reject(new StreamError('no-key', ''));
  const { grants, sender, ask, asked } = setUp(ok, 'd1', { expectConnection });
  await expect(ask()).rejects.toMatchObject({ code: 'no-key' });
  expect(asked).toEqual([7]);
  await grants.spend(sender, ALL);
  const openSetup = () => Promise.reject(new Error('No window'));
  const other = setUp(ok, 'd1', { expectConnection, openSetup });
  await expect(other.ask()).rejects.toMatchObject({ code: 'no-key' });
});

it('a language that is not known ends the run, which may be tried again', async () => {
  const expectLanguage = () => Promise.reject(new StreamError('bad-data', ''));
  const { grants, sender, ask } = setUp(ok, 'd1', { expectLanguage });
  await expect(ask()).rejects.toMatchObject({ code: 'bad-data' });
  await grants.spend(sender, ALL);
});

it('a limit that is met keeps the right to ask, and asks nothing', async () => {
  let fetched = 0;
  const limits = {
    take: async () => {
      throw new StreamError('rate-limited', 'Later.');
    },
  };
  const fetch: Fetch = async (url, init) => {
    fetched++;
    return ok(url, init);
  };
  const { grants, sender, ask } = setUp(fetch, 'd1', { limits });
  await expect(ask()).rejects.toMatchObject({ code: 'rate-limited' });
  expect(fetched).toBe(0);
  expect(await grants.spend(sender, ALL)).toBeTruthy();
});
