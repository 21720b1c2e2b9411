import { describe, expect, it, vi } from 'vitest';
import { GRANT_WORDS, StreamError } from '../../lib/engine/errors.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import { type AskTranslateDeps, askTranslate } from '../../lib/jobs/ask-translate.ts';
import { Grants } from '../../lib/jobs/grants.ts';
import { PageRuns } from '../../lib/jobs/page-runs.ts';
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
  const took: string[] = [];
  const deps: AskTranslateDeps = {
    ...createJobDeps({ fetch }).deps,
    ...createTranslateParts(),
    grants,
    runs: new PageRuns(),
    limits: { take: async () => {} },
    expectLanguage: async (tag) => languageOf(tag ?? 'es'),
    tookLanguage: async (tag) => void took.push(tag),
    baseUrl: async () => 'https://api.test/v1',
    openSetup: async (tabId) => void asked.push(tabId),
    offerOriginal: () => Promise.reject(new Error('Session storage quota bytes exceeded.')),
    ...more,
  };
  const sender = { tabId: 7, frameId: 0, documentId, url: 'https://page.test/' };
  const [stop, leave] = [new AbortController(), new AbortController()];
  const events: SegmentEvent[] = [];
  const ask = (request: Partial<Parameters<typeof askTranslate>[1]> = {}) =>
    askTranslate(
      deps,
      { segments, ...request },
      { sender, post: (event) => events.push(event), stopped: stop.signal, left: leave.signal },
    );
  grants.mint({ tabId: 7, frameId: 0, maxChars: ALL }, Promise.resolve(documentId));
  /** As of another port. */
  const askAnew = (language: string) =>
    askTranslate(
      deps,
      { segments, language },
      { sender, post: () => {}, stopped: new AbortController().signal, left: new AbortController().signal },
    );
  return { grants, sender, ask, askAnew, stop, leave, asked, took, events };
}

const refused = { code: 'permission' };

it('a run that ended well leaves nothing to ask for, and trouble with the menu does not end it', async () => {
  const { grants, sender, ask, took } = setUp(ok, 'd1');
  expect(await ask()).toEqual({});
  expect(took).toEqual(['es']);
  await expect(grants.spend(sender, 1, 'es')).rejects.toMatchObject(refused);
});

it('of a run in which a block failed its text may be asked for again', async () => {
  let count = 0;
  const { grants, sender, ask } = setUp(
    async (url, init) => (++count === 2 ? new Response('', { status: 500 }) : ok(url, init)),
    'd1',
  );
  await ask();
  await expect(grants.spend(sender, (segments[1]?.text.length ?? 0) + 1, 'es')).rejects.toMatchObject(
    refused,
  );
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
  await run.grants.spend(run.sender, ALL, 'es');
});

it('a document without a name that was left may ask for nothing', async () => {
  const run = halfWay(undefined);
  const asked = run.ask();
  await firstDone(run);
  run.leave.abort();
  await asked;
  await expect(run.grants.spend(run.sender, 1, 'es')).rejects.toMatchObject(refused);
});

it('without a key the options open, even where they cannot, and the run may be tried again', async () => {
  const expectConnection = () => Promise.reject(new StreamError('no-key', ''));
  const { grants, sender, ask, asked } = setUp(ok, 'd1', { expectConnection });
  expect(await ask()).toMatchObject({
    trouble: { code: 'no-key', title: 'No API key is stored for api.test.' },
  });
  expect(asked).toEqual([7]);
  await grants.spend(sender, ALL, 'es');
  const openSetup = () => Promise.reject(new Error('No window'));
  const other = setUp(ok, 'd1', { expectConnection, openSetup });
  expect(await other.ask()).toMatchObject({ trouble: { code: 'no-key' } });
});

it('a language that is not known ends the run, which may be tried again', async () => {
  const expectLanguage = () => Promise.reject(new StreamError('bad-data', ''));
  const { grants, sender, ask } = setUp(ok, 'd1', { expectLanguage });
  expect(await ask()).toMatchObject({ trouble: { code: 'bad-data' } });
  await grants.spend(sender, ALL, 'es');
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
  expect(await ask()).toMatchObject({ trouble: { code: 'rate-limited' } });
  expect(fetched).toBe(0);
  expect(await grants.spend(sender, ALL, 'es')).toBeTruthy();
});

it('without a grant the words say what helps, and the options stay closed', async () => {
  const { ask, asked } = setUp(ok, 'd1');
  await ask();
  const { trouble } = await ask();
  expect(trouble).toMatchObject({ code: 'permission', title: GRANT_WORDS.none });
  expect(asked).toEqual([]);
});

it('what failed in a block says so in words too', async () => {
  const { ask, events } = setUp(async () => new Response('', { status: 500 }), 'd1');
  expect(await ask()).toEqual({});
  const failed = events.filter((event) => event.type === 'segment' && event.trouble);
  expect(failed).toHaveLength(2);
  expect(failed[0]).toMatchObject({
    trouble: { code: 'server', title: 'api.test had an error of its own.' },
  });
});

it('another language is a run of its own, which counts as used last', async () => {
  const { ask, took, events } = setUp(ok, 'd1');
  await ask();
  expect(await ask({ language: 'de' })).toEqual({});
  expect(took).toEqual(['es', 'de']);
  expect(events).toContainEqual(expect.objectContaining({ type: 'language', tag: 'de', name: 'German' }));
  expect(await ask({ language: 'de' })).toMatchObject({ trouble: { code: 'permission' } });
});

describe('above the size that is to be confirmed', () => {
  function setUpLarge(confirmAbove: number) {
    const counted: number[] = [];
    let fetched = 0;
    const fetch: Fetch = async (url, init) => {
      fetched++;
      return ok(url, init);
    };
    const limits = { take: async (_: unknown, chars: number) => void counted.push(chars) };
    const run = setUp(fetch, 'd1', { ...createTranslateParts({ confirmAbove }), limits });
    return { ...run, counted, fetched: () => fetched };
  }

  it('nothing is sent, written, counted or remembered before a person has said yes', async () => {
    const { ask, took, counted, fetched, events } = setUpLarge(100);
    const { estimate, trouble } = await ask();
    expect(trouble).toBeUndefined();
    expect(estimate).toMatch(/^About [\d,]+ tokens\.$/);
    expect([fetched(), counted, took]).toEqual([0, [], []]);
    expect(events.map(({ type }) => type)).toEqual(['language']);
    expect(await ask({ isConfirmed: true })).toEqual({});
    expect([fetched(), counted, took]).toEqual([2, [ALL], ['es']]);
  });

  it('what has begun counts as well: it is sent along', async () => {
    const { ask, counted } = setUpLarge(0);
    await ask({ segments: segments.map((segment) => ({ ...segment, begun: 'uno' })) });
    expect(counted).toEqual([ALL + 6]);
  });

  it('another language can be chosen instead', async () => {
    const { ask, took } = setUpLarge(100);
    await ask();
    expect(await ask({ isConfirmed: true, language: 'de' })).toEqual({});
    expect(took).toEqual(['de']);
  });

  it('0 asks never', async () => {
    const { ask, fetched } = setUpLarge(0);
    expect(await ask()).toEqual({});
    expect(fetched()).toBe(2);
  });
});

it('who stops a run and asks in another language at once is served when the first has settled', async () => {
  let asked = 0;
  // Takes its time to hear that it was stopped, as a network does.
  const fetch: Fetch = (url, init) => {
    asked += 1;
    if (asked > 2) return ok(url, init);
    return new Promise((_, reject) => {
      init.signal?.addEventListener('abort', () => setTimeout(() => reject(init.signal?.reason), 20));
    });
  };
  const { ask, askAnew, stop } = setUp(fetch, 'd1');
  const first = ask();
  await vi.waitFor(() => expect(asked).toBe(2));
  stop.abort(new StreamError('aborted', 'Stopped.'));
  const second = askAnew('fr');
  expect(await first).toMatchObject({});
  expect((await second).trouble).toBeUndefined();
});
