import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { createOptionsModel } from '../../lib/options/model.ts';
import { defaultSettings } from '../../lib/settings/schema.ts';
import { createScriptedWorker, HERE, type WorkerScript } from './options-worker.ts';

async function open(script: WorkerScript = {}) {
  const worker = createScriptedWorker(script);
  const model = createOptionsModel({
    ...HERE,
    connect: worker.connect,
    listen: () => () => {},
    requestPermission: () => Promise.resolve(true),
    hasPermission: () => Promise.resolve(true),
    settleMs: 0,
  });
  await model.load();
  return { ...model.showing, model, worker, stored: () => worker.view().settings };
}

it('the way to show and the hover are saved at once', async () => {
  const { show, onHover, stored } = await open();
  await show.choose('below');
  await onHover.choose(false);
  expect(stored()).toMatchObject({ show: 'below', showsOriginalOnHover: false });
  expect(onHover.value.value).toBe(false);
  expect(onHover.note.value).toBe('Saved');
});

describe('sites with their own way', () => {
  const sites = { 'news.test': 'below', 'a.test': 'bubble' } as const;

  it('are listed by name, and removed one by one', async () => {
    const opened = await open({ settings: { sites } });
    expect(opened.sites.list.value).toEqual([
      ['a.test', 'bubble'],
      ['news.test', 'below'],
    ]);
    await opened.sites.remove('a.test');
    expect(opened.stored().sites).toEqual({ 'news.test': 'below' });
    expect(opened.sites.list.value).toEqual([['news.test', 'below']]);
  });

  it('stay where they cannot be removed, and the page says so', async () => {
    const failures = { 'save-settings': new StreamError('storage', 'full') };
    const { sites: shown, model, stored } = await open({ settings: { sites }, failures });
    await shown.remove('a.test');
    expect(shown.list.value).toHaveLength(2);
    expect(stored().sites).toEqual(sites);
    expect(model.outcome.problem.value).toMatchObject({ place: 'page', code: 'storage' });
  });
});

describe('what is left alone', () => {
  it('is a draft while it is typed, and saved when it is left', async () => {
    const { leftAlone, stored } = await open();
    expect(leftAlone.text.value).toBe(defaultSettings.leftAlone);
    leftAlone.type('pre');
    expect([leftAlone.isDraft.value, stored().leftAlone]).toEqual([true, defaultSettings.leftAlone]);
    await leftAlone.commit();
    expect([leftAlone.isDraft.value, stored().leftAlone]).toEqual([false, 'pre']);
    expect(leftAlone.note.value).toBe('Saved');
  });

  it('may be nothing', async () => {
    const { leftAlone, stored } = await open();
    leftAlone.type('');
    await leftAlone.commit();
    expect(stored().leftAlone).toBe('');
    expect(leftAlone.text.value).toBe('');
  });

  it('goes back to what is usual, a draft too', async () => {
    const { leftAlone, stored, worker } = await open({ settings: { leftAlone: 'pre' } });
    leftAlone.type('pre, .half');
    await leftAlone.reset.press();
    expect(stored().leftAlone).toBe(defaultSettings.leftAlone);
    expect(leftAlone.text.value).toBe(defaultSettings.leftAlone);
    expect(leftAlone.reset.idle.value).toBe(true);
    await leftAlone.reset.press();
    expect(worker.asked('save-settings')).toHaveLength(1);
  });

  it('goes back where only a draft differs', async () => {
    const { leftAlone } = await open();
    leftAlone.type('x');
    expect(leftAlone.reset.idle.value).toBe(false);
    await leftAlone.reset.press();
    expect(leftAlone.text.value).toBe(defaultSettings.leftAlone);
    expect(leftAlone.isDraft.value).toBe(false);
  });
});
