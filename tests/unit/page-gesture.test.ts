import { expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { Grants } from '../../lib/jobs/grants.ts';
import { type GestureDeps, translateInPage } from '../../lib/jobs/page-gesture.ts';

const NO_ACCESS = new Error('Cannot access contents of the page');
const TEXT = 'The selected text.';

/** What the page script does in each frame; a frame that is not named lets none in. */
type Frames = Record<number, { outcome: unknown; documentId?: string }>;

function setUp(frames: Frames, more: Partial<GestureDeps> = {}) {
  const done: string[] = [];
  const grants = new Grants({
    now: () => 0,
    read: async () => undefined,
    write: async () => {},
    forget: async () => {},
  });
  const deps: GestureDeps = {
    grants,
    async inject(_, frameId, text) {
      done.push(`inject ${frameId}${text ? `: ${text}` : ''}`);
      const frame = frames[frameId];
      if (!frame) throw NO_ACCESS;
      return { outcome: frame.outcome, documentId: frame.documentId ?? `d${frameId}` };
    },
    async injectPart(_, frameId, part) {
      done.push(`${part} ${frameId}`);
    },
    translateAgain: async () => ({ outcome: 'started', documentId: 'd0' }),
    async findSelectedFrame() {
      done.push('look');
      return undefined;
    },
    translateAside: async (text) => void done.push(`aside: ${text}`),
    showCannotRun: async (_, why) => void done.push(why),
    ...more,
  };
  const spend = (frameId: number) =>
    grants.spend({ tabId: 1, frameId, documentId: `d${frameId}` }, 10, 'es').then(
      () => 'spent',
      () => 'refused',
    );
  return {
    done,
    spend,
    translate: (frameId: number, selectionText?: string) =>
      translateInPage(deps, { tabId: 1, windowId: 1, frameId, selectionText }),
  };
}

it('begins in the frame of the gesture, with a grant for it', async () => {
  const { done, spend, translate } = setUp({ 3: { outcome: 'started' } });
  await translate(3, TEXT);
  expect(done).toEqual(['inject 3']);
  expect([await spend(0), await spend(3)]).toEqual(['refused', 'spent']);
});

it('the text of a frame that no script may enter is translated at the top, with a grant for that', async () => {
  const { done, spend, translate } = setUp({ 0: { outcome: 'started' } });
  await translate(3, `  ${TEXT} `);
  expect(done).toEqual(['inject 3', `inject 0: ${TEXT}`]);
  expect([await spend(3), await spend(0)]).toEqual(['refused', 'spent']);
});

it('where the top lets none in either, it is translated aside', async () => {
  const { done, spend, translate } = setUp({});
  await translate(3, TEXT);
  expect(done).toEqual(['inject 3', `inject 0: ${TEXT}`, `aside: ${TEXT}`]);
  expect(await spend(0)).toBe('refused');
});

it('a tab that lets none in is not asked twice', async () => {
  const { done, translate } = setUp({});
  await translate(0, TEXT);
  expect(done).toEqual(['inject 0', `aside: ${TEXT}`]);
});

it('a shortcut finds the frame with the selection', async () => {
  const { done, spend, translate } = setUp(
    { 0: { outcome: 'no-selection' }, 7: { outcome: 'started' } },
    { findSelectedFrame: async () => 7 },
  );
  await translate(0);
  expect(done).toEqual(['inject 0', 'inject 7']);
  expect([await spend(0), await spend(7)]).toEqual(['refused', 'spent']);
});

it.each([
  ['none has one', async () => undefined],
  ['none can be looked into', () => Promise.reject(NO_ACCESS)],
])('a shortcut where %s says what is missing', async (_, findSelectedFrame) => {
  const { done, translate } = setUp({ 0: { outcome: 'no-selection' } }, { findSelectedFrame });
  await translate(0);
  expect(done).toEqual(['inject 0', 'Select the text to translate']);
});

it('where the page script sees no selection but the browser does, its text is translated aside', async () => {
  const { done, translate } = setUp({ 0: { outcome: 'no-selection' } });
  await translate(0, TEXT);
  expect(done).toEqual(['inject 0', `aside: ${TEXT}`]);
});

it.each([
  ['d3', 'spent', []],
  // The frame went elsewhere meanwhile: the grant is not that document's.
  ['d4', 'refused', [`inject 0: ${TEXT}`, `aside: ${TEXT}`]],
])('a field gets its script, in the same document: %s', async (documentId, expected, further) => {
  const { done, spend, translate } = setUp(
    { 3: { outcome: 'needs-field' } },
    { translateAgain: async () => ({ outcome: 'started', documentId }) },
  );
  await translate(3, TEXT);
  expect(done).toEqual(['inject 3', 'field 3', ...further]);
  expect(await spend(3)).toBe(expected);
});

it('one part after the other is brought, each once', async () => {
  const outcomes = ['needs-below', 'started'];
  const translateAgain = async () => ({ outcome: outcomes.shift(), documentId: 'd0' });
  const { done, spend, translate } = setUp({ 0: { outcome: 'needs-field' } }, { translateAgain });
  await translate(0, TEXT);
  expect(done).toEqual(['inject 0', 'field 0', 'below 0']);
  expect(await spend(0)).toBe('spent');
});

it.each<[string, Partial<GestureDeps>]>([
  ['cannot be brought', { injectPart: () => Promise.reject(new Error('Could not load file')) }],
  ['is never enough', { translateAgain: async () => ({ outcome: 'needs-below', documentId: 'd0' }) }],
])('a part that %s: nothing is begun', async (_, more) => {
  const { done, spend, translate } = setUp({ 0: { outcome: 'needs-below' } }, more);
  await translate(0, TEXT);
  expect(done.at(-1)).toBe(`aside: ${TEXT}`);
  expect(await spend(0)).toBe('refused');
});

it('a tab that was closed meanwhile is no trouble', async () => {
  const { translate } = setUp({}, { showCannotRun: () => Promise.reject(new Error('No tab with id: 1.')) });
  await translate(0);
});

it('where the text cannot be translated beside the page either, why is told in a sentence of ours', async () => {
  const full = () => Promise.reject(new StreamError('storage', 'QuotaExceededError'));
  const { done, translate } = setUp({}, { translateAside: full });
  await translate(0, TEXT);
  expect(done.at(-1)).toBe('Runnel: The browser could not store this.');
});
