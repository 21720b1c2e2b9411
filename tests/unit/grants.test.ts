import { expect, it } from 'vitest';
import { Grants } from '../../lib/jobs/grants.ts';

const FRAME = { tabId: 1, frameId: 0, documentId: 'd1' };

function setUp(documentId: string | undefined = 'd1') {
  let now = 0;
  const grants = new Grants(() => now);
  const mint = (maxChars = 100) =>
    grants.mint({ tabId: 1, frameId: 0, maxChars }, Promise.resolve(documentId));
  return { grants, mint, wait: (ms: number) => (now += ms) };
}

const REFUSED = { code: 'permission' };

it('is good for one request of its document', async () => {
  const { grants, mint } = setUp();
  mint();
  await grants.spend(FRAME, 100);
  await expect(grants.spend(FRAME, 1)).rejects.toMatchObject(REFUSED);
});

it('two requests at once do not both have it', async () => {
  const { grants, mint } = setUp();
  mint();
  const outcomes = await Promise.allSettled([grants.spend(FRAME, 1), grants.spend(FRAME, 1)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it.each([
  ['another tab', { ...FRAME, tabId: 2 }],
  ['another frame', { ...FRAME, frameId: 3 }],
  ['another document', { ...FRAME, documentId: 'd2' }],
  ['no tab', { ...FRAME, tabId: undefined }],
])('is not for %s', async (_, frame) => {
  const { grants, mint } = setUp();
  mint();
  await expect(grants.spend(frame, 1)).rejects.toMatchObject(REFUSED);
});

it('ends after 30 s, and by the text it allows', async () => {
  const { grants, mint, wait } = setUp();
  mint();
  wait(30_001);
  await expect(grants.spend(FRAME, 1)).rejects.toMatchObject(REFUSED);
  mint(10);
  await expect(grants.spend(FRAME, 11)).rejects.toMatchObject(REFUSED);
});

it('can be revoked', async () => {
  const { grants, mint } = setUp();
  mint();
  grants.revoke(FRAME);
  await expect(grants.spend(FRAME, 1)).rejects.toMatchObject(REFUSED);
});

it('a browser that names no documents is trusted by tab and frame', async () => {
  const { grants, mint } = setUp(undefined);
  mint();
  await grants.spend({ ...FRAME, documentId: undefined }, 1);
});

it('a run that failed may be tried again, for as much text as failed, five times', async () => {
  const { grants, mint } = setUp();
  grants.mintRetry(FRAME, 10);
  await expect(grants.spend(FRAME, 1)).rejects.toMatchObject(REFUSED);
  mint();
  await grants.spend(FRAME, 50);
  for (let i = 0; i < 5; i++) {
    grants.mintRetry(FRAME, 10);
    await grants.spend(FRAME, 10);
  }
  grants.mintRetry(FRAME, 10);
  await expect(grants.spend(FRAME, 10)).rejects.toMatchObject(REFUSED);
});
