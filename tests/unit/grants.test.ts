import { describe, expect, it } from 'vitest';
import type { GrantRecord } from '../../lib/jobs/grant-record.ts';
import { Grants } from '../../lib/jobs/grants.ts';

const FRAME = { tabId: 1, frameId: 0, documentId: 'd1' };
const REFUSED = { code: 'permission' };
const MINUTE = 60_000;

/** The browser's session storage, with what can happen to it. */
function createStore() {
  const store = {
    value: undefined as unknown,
    fails: { read: false, write: false, forget: false },
    read: async () => check(store.fails.read) && structuredClone(store.value),
    async write(records: GrantRecord[]) {
      check(store.fails.write);
      store.value = structuredClone(records);
    },
    async forget() {
      check(store.fails.forget);
      store.value = undefined;
    },
  };
  const check = (fails: boolean) => {
    if (fails) throw new Error('Session storage quota bytes exceeded.');
    return true;
  };
  return store;
}

function setUp({ documentId }: { documentId: string | undefined } = { documentId: 'd1' }) {
  let now = 1_000_000_000_000;
  const store = createStore();
  const newWorker = () => new Grants({ ...store, now: () => now, read: () => store.read() });
  const worker = { grants: newWorker() };
  return {
    store,
    worker,
    mint: (maxChars = 100, frame: { tabId: number; frameId: number } = FRAME) =>
      worker.grants.mint(
        { tabId: frame.tabId, frameId: frame.frameId, maxChars },
        Promise.resolve(documentId),
      ),
    spend: (chars: number, frame: Parameters<Grants['spend']>[0] = FRAME, language = 'es') =>
      worker.grants.spend(frame, chars, language),
    spendIn: (language: string, chars: number) => worker.grants.spend(FRAME, chars, language),
    /** A worker that dies takes along all it knows. */
    restart: async () => {
      // What was asked of the storage has been done.
      await new Promise((resolve) => setTimeout(resolve, 0));
      worker.grants = newWorker();
    },
    wait: (ms: number) => (now += ms),
  };
}

describe('a grant', () => {
  it('is good for one request of its document', async () => {
    const { mint, spend } = setUp();
    mint();
    await spend(100);
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
  });

  it('two requests at once do not both have it', async () => {
    const { mint, spend } = setUp();
    mint();
    const outcomes = await Promise.allSettled([spend(1), spend(1)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    ['another tab', { ...FRAME, tabId: 2 }],
    ['another frame', { ...FRAME, frameId: 3 }],
    ['another document', { ...FRAME, documentId: 'd2' }],
    ['no tab', { ...FRAME, tabId: undefined }],
  ])('is not for %s', async (_, frame) => {
    const { mint, spend } = setUp();
    mint();
    await expect(spend(1, frame)).rejects.toMatchObject(REFUSED);
  });

  it('ends after 30 s, and by the text it allows', async () => {
    const { mint, spend, wait } = setUp();
    mint();
    wait(30_001);
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
    mint(10);
    await expect(spend(11)).rejects.toMatchObject(REFUSED);
  });

  it('is not good for longer because the clock was set back', async () => {
    const { mint, spend, wait } = setUp();
    mint();
    wait(-31_000);
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
  });

  it('can be revoked', async () => {
    const { worker, mint, spend } = setUp();
    mint();
    worker.grants.revoke(FRAME);
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
  });

  it('comes to nothing where the script could not be injected', async () => {
    const { worker, spend } = setUp();
    worker.grants.mint({ ...FRAME, maxChars: 10 }, Promise.reject(new Error('no access')));
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
  });

  it('a browser that names no documents is trusted by tab and frame', async () => {
    const { mint, spend } = setUp({ documentId: undefined });
    mint();
    await spend(1, { ...FRAME, documentId: undefined });
  });
});

describe('a run that did not end well', () => {
  it('may be tried again, for as much text as failed, five times', async () => {
    const { worker, mint, spend } = setUp();
    mint();
    let run = await spend(50);
    for (let i = 0; i < 5; i++) {
      worker.grants.settle(run, 10);
      run = await spend(10);
    }
    worker.grants.settle(run, 10);
    await expect(spend(10)).rejects.toMatchObject(REFUSED);
  });

  it('may be tried again for ten minutes, and for no more text', async () => {
    const { worker, mint, spend, wait } = setUp();
    mint();
    worker.grants.settle(await spend(50), 10);
    wait(9 * MINUTE);
    const again = await spend(10);
    worker.grants.settle(again, 10);
    await expect(spend(11)).rejects.toMatchObject(REFUSED);
    mint();
    worker.grants.settle(await spend(50), 10);
    wait(11 * MINUTE);
    await expect(spend(10)).rejects.toMatchObject(REFUSED);
  });

  it('that ended well may not', async () => {
    const { worker, mint, spend } = setUp();
    mint();
    worker.grants.settle(await spend(50), 0);
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
  });

  it('that was followed by another has no say in it', async () => {
    const { worker, mint, spend } = setUp();
    mint();
    const first = await spend(50);
    mint();
    const second = await spend(80);
    worker.grants.settle(first, 50);
    await expect(spend(50)).rejects.toMatchObject(REFUSED);
    worker.grants.settle(second, 80);
    await spend(80);
  });

  it('may be tried again when its frame has shown another document meanwhile', async () => {
    const { worker, spend, mint } = setUp();
    mint();
    worker.grants.settle(await spend(50), 50);
    // The next document of the frame has a gesture of its own, not used yet.
    worker.grants.mint({ ...FRAME, maxChars: 90 }, Promise.resolve('d2'));
    await spend(50);
  });
});

describe('another language', () => {
  it('may be asked for after a run, whole or not, for as much text as the gesture’s', async () => {
    const { worker, mint, spend, spendIn } = setUp();
    mint();
    worker.grants.settle(await spend(50), 0);
    await expect(spendIn('es', 50)).rejects.toMatchObject(REFUSED);
    await expect(spendIn('de', 51)).rejects.toMatchObject(REFUSED);
    const german = await spendIn('de', 50);
    await expect(spendIn('fr', 50)).rejects.toMatchObject(REFUSED);
    worker.grants.settle(german, 0);
    await expect(spendIn('de', 1)).rejects.toMatchObject(REFUSED);
    // Back to the first one too.
    await spendIn('es', 50);
  });

  it('may follow five times', async () => {
    const { worker, mint, spend, spendIn } = setUp();
    mint();
    let run = await spend(50);
    for (const language of ['de', 'fr', 'it', 'pl', 'ja']) {
      worker.grants.settle(run, 0);
      run = await spendIn(language, 50);
    }
    worker.grants.settle(run, 10);
    await expect(spendIn('sv', 1)).rejects.toMatchObject(REFUSED);
    await spendIn('ja', 10);
  });

  it('may follow for ten minutes', async () => {
    const { worker, mint, spend, spendIn, wait } = setUp();
    mint();
    worker.grants.settle(await spend(50), 0);
    wait(11 * MINUTE);
    await expect(spendIn('de', 50)).rejects.toMatchObject(REFUSED);
  });

  it('what failed in it may be tried again in it, and no more', async () => {
    const { worker, mint, spend, spendIn } = setUp();
    mint();
    worker.grants.settle(await spend(50), 0);
    worker.grants.settle(await spendIn('de', 50), 10);
    await expect(spendIn('de', 11)).rejects.toMatchObject(REFUSED);
    await spendIn('de', 10);
  });

  it('does not bring back the tries that are used up', async () => {
    const { worker, mint, spend, spendIn } = setUp();
    mint();
    worker.grants.settle(await spend(50), 50);
    for (let i = 0; i < 5; i++) worker.grants.settle(await spend(50), 50);
    worker.grants.settle(await spendIn('de', 50), 50);
    await expect(spendIn('de', 1)).rejects.toMatchObject(REFUSED);
  });

  it('is known to the next worker, and what a dead one had begun', async () => {
    const { worker, mint, spend, spendIn, restart } = setUp();
    mint();
    worker.grants.settle(await spend(50), 0);
    await restart();
    await expect(spendIn('es', 1)).rejects.toMatchObject(REFUSED);
    await spendIn('de', 50);
    await restart();
    await spendIn('de', 50);
  });

  it('is not for a document that may not return', async () => {
    const { worker, mint, spend, spendIn } = setUp();
    mint();
    worker.grants.drop(await spend(50));
    await expect(spendIn('de', 1)).rejects.toMatchObject(REFUSED);
  });
});

describe('after the worker has died', () => {
  it('a grant that nobody used is still good, once', async () => {
    const { mint, spend, restart } = setUp();
    mint();
    await restart();
    await spend(100);
    await restart();
    // A run of the dead worker may be tried again; the grant itself is used up.
    await expect(spend(101)).rejects.toMatchObject(REFUSED);
  });

  it('a grant ends when it would have ended', async () => {
    const { mint, spend, restart, wait } = setUp();
    mint();
    wait(31_000);
    await restart();
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
  });

  it('the run that died with it may be tried again by its document, for its text, as one of five', async () => {
    const { mint, spend, restart } = setUp();
    mint();
    await spend(50);
    await restart();
    await expect(spend(50, { ...FRAME, documentId: 'd2' })).rejects.toMatchObject(REFUSED);
    await restart();
    await expect(spend(51)).rejects.toMatchObject(REFUSED);
    for (let i = 0; i < 5; i++) {
      await restart();
      const outcomes = await Promise.allSettled([spend(50), spend(50)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
    await restart();
    await expect(spend(50)).rejects.toMatchObject(REFUSED);
  });

  it('a run that ended well stays ended, and a retry stays one', async () => {
    const { worker, mint, spend, restart, wait } = setUp();
    mint();
    worker.grants.settle(await spend(50), 0);
    await restart();
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
    mint();
    worker.grants.settle(await spend(50), 20);
    await restart();
    wait(2 * MINUTE);
    await expect(spend(21)).rejects.toMatchObject(REFUSED);
    await restart();
    await spend(20);
  });

  it('a document without a name has nothing', async () => {
    const { mint, spend, restart } = setUp({ documentId: undefined });
    const nameless = { ...FRAME, documentId: undefined };
    mint();
    await spend(50, nameless);
    await restart();
    await expect(spend(50, nameless)).rejects.toMatchObject(REFUSED);
  });

  it('a clock that was set back by hours gives nothing', async () => {
    const { mint, spend, restart, wait } = setUp();
    mint();
    await spend(50);
    await restart();
    wait(-120 * MINUTE);
    await expect(spend(50)).rejects.toMatchObject(REFUSED);
  });

  it('a gesture of the new worker is not replaced by one of the old', async () => {
    const { mint, spend, restart } = setUp();
    mint(10);
    await restart();
    mint(70);
    await spend(70);
  });
});

describe('a storage in trouble', () => {
  it.each([
    'null',
    '{"kind":"run"}',
    '[null, 7, {"kind":"run"}, {"kind":"gesture","documentId":"d1","tabId":"1"}]',
    '[{"kind":"key","documentId":"d1","tabId":1,"frameId":0,"maxChars":9,"since":1000000000000,"retriesLeft":5,"languages":["es"],"gestureChars":9,"languagesLeft":5}]',
    '[{"kind":"retry","documentId":"d1","tabId":1,"frameId":0,"maxChars":9,"since":1000000000000,"retriesLeft":5}]',
    '[{"kind":"retry","documentId":"d1","tabId":1,"frameId":0,"maxChars":9,"since":1000000000000,"retriesLeft":5,"languages":[7],"gestureChars":9,"languagesLeft":5}]',
  ])('what makes no sense in it is no grant: %s', async (stored) => {
    const { store, spend } = setUp();
    store.value = JSON.parse(stored);
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
  });

  it('full: a gesture still counts, but nothing survives the worker, nor does what stood there', async () => {
    const { store, worker, mint, spend, restart } = setUp();
    mint();
    worker.grants.settle(await spend(50), 50);
    store.fails.write = true;
    await spend(50);
    expect(store.value).toBeUndefined();
    await restart();
    await expect(spend(50)).rejects.toMatchObject(REFUSED);
    mint();
    await spend(50);
  });

  it('failing altogether: no grant, because another worker might find it unspent', async () => {
    const { store, mint, spend } = setUp();
    mint();
    store.fails = { read: true, write: true, forget: true };
    await expect(spend(1)).rejects.toMatchObject(REFUSED);
    store.fails = { read: false, write: false, forget: false };
    mint();
    await spend(1);
  });

  it('cleared: what was in it is no grant', async () => {
    const { store, mint, spend, restart } = setUp();
    mint();
    await spend(50);
    store.value = undefined;
    await restart();
    await expect(spend(50)).rejects.toMatchObject(REFUSED);
  });

  it('unreadable: no grant, and the next gesture works', async () => {
    const { store, mint, spend, restart } = setUp();
    mint();
    await spend(50);
    store.fails.read = true;
    await restart();
    await expect(spend(50)).rejects.toMatchObject(REFUSED);
    mint();
    await spend(50);
  });
});
