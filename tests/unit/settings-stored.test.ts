import { beforeEach, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../lib/settings/schema.ts';
import { withRecentLanguage, withSite } from '../../lib/settings/sites.ts';
import { changeSettings, loadSettings } from '../../lib/settings/stored.ts';

const disk = vi.hoisted(() => ({ stored: undefined as unknown, writes: 0, isFull: false }));

vi.mock('../../lib/platform/storage.ts', () => ({
  readStored: async () => structuredClone(disk.stored),
  writeStored: async (_: string, value: unknown) => {
    if (disk.isFull) throw new Error('QUOTA_BYTES quota exceeded');
    disk.writes++;
    disk.stored = structuredClone(value);
  },
}));

beforeEach(() =>
  Object.assign(disk, { stored: { ...defaultSettings, model: 'm' }, writes: 0, isFull: false }),
);

it('changes at once do not undo each other, nor other fields', async () => {
  const changed = await Promise.all([
    changeSettings((stored) => withRecentLanguage(stored, 'es')),
    changeSettings((stored) => withSite(stored, 'a.test', 'below')),
    changeSettings((stored) => withRecentLanguage(stored, 'de')),
  ]);
  expect(changed).toEqual([true, true, true]);
  expect(await loadSettings()).toEqual({
    ...defaultSettings,
    model: 'm',
    sites: { 'a.test': 'below' },
    recentLanguages: ['de', 'es'],
  });
});

it('what changes nothing is not written', async () => {
  expect(await changeSettings((stored) => stored)).toBe(false);
  expect(disk.writes).toBe(0);
});

it('after a change that could not be stored the next one is', async () => {
  disk.isFull = true;
  await expect(changeSettings((stored) => withRecentLanguage(stored, 'es'))).rejects.toThrow('quota');
  disk.isFull = false;
  await changeSettings((stored) => withRecentLanguage(stored, 'de'));
  expect((await loadSettings()).recentLanguages).toEqual(['de']);
});
