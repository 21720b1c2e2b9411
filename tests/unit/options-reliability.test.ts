import { describe, expect, it, vi } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { createOptionsModel } from '../../lib/options/model.ts';
import type { NumberField } from '../../lib/options/number-field.ts';
import { defaultSettings, type Settings } from '../../lib/settings/schema.ts';
import { createScriptedWorker, HERE, type WorkerScript } from './options-worker.ts';

const SET_UP: WorkerScript = {
  settings: { model: 'gpt-5' },
  keys: ['https://ai.megallm.io'],
  granted: ['https://ai.megallm.io/*'],
};

async function open(script: WorkerScript = SET_UP) {
  const worker = createScriptedWorker(script);
  const model = createOptionsModel({
    ...HERE,
    connect: worker.connect,
    listen: () => () => {},
    requestPermission: () => Promise.resolve(true),
    hasPermission: (pattern) => Promise.resolve(worker.granted.has(pattern)),
    settleMs: 0,
  });
  await model.load();
  return { model, worker, reliability: model.reliability, stored: () => worker.view().settings };
}

function enter(field: NumberField, text: string): Promise<void> {
  field.type(text);
  return field.commit();
}

/** Holds back the answers of saves: `release` lets those asked so far and later ones through. */
function holdSaves(script: WorkerScript): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  script.held = { 'save-settings': promise };
  return () => {
    delete script.held;
    resolve();
  };
}

describe('retries', () => {
  it('are saved when the field is left, not while a number is typed', async () => {
    const { worker, reliability, stored } = await open();
    expect(reliability.retries.text.value).toBe('3');
    reliability.retries.type('');
    reliability.retries.type('5');
    expect(worker.asked('save-settings')).toEqual([]);
    await reliability.retries.commit();
    expect(stored().retries).toBe(5);
    expect(reliability.retries.note.value).toBe('Saved');
    await reliability.retries.commit();
    expect(worker.asked('save-settings')).toHaveLength(1);
  });

  it.each(['', ' ', '-1', '6', '2.5', 'two', 'NaN', 'Infinity'])(
    'refuses %j, says what holds, and saves nothing',
    async (text) => {
      const { worker, reliability } = await open();
      await enter(reliability.retries, text);
      expect(reliability.retries.problem.value?.title).toBeTruthy();
      expect(reliability.retries.problem.value?.hint).toContain('Until then it stays at 3.');
      expect(reliability.retries.text.value).toBe(text);
      expect(reliability.retries.note.value).toBe('');
      expect(worker.asked('save-settings')).toEqual([]);
      reliability.retries.revert();
      expect(reliability.retries.text.value).toBe('3');
      expect(reliability.retries.problem.value).toBeNull();
    },
  );

  it('are no longer called saved once something else is typed', async () => {
    const { reliability } = await open();
    await enter(reliability.retries, '1');
    expect(reliability.retries.note.value).toBe('Saved');
    reliability.retries.type('12');
    expect(reliability.retries.note.value).toBe('');
  });
});

describe('timeouts', () => {
  it.each([
    ['0', 0],
    ['0.1', 100],
    ['1.5', 1500],
    [' 45 ', 45_000],
    ['3600', 3_600_000],
  ])('%j seconds are %d ms', async (text, ms) => {
    const { reliability, stored } = await open();
    await enter(reliability.clocks.idle, text);
    expect(stored().timeouts).toEqual({ ...defaultSettings.timeouts, idle: ms });
    expect(reliability.clocks.idle.text.value).toBe(String(ms / 1000));
  });

  it.each(['', '-1', '-0.5', '3600.001', '1e9', 'soon', '0.0001', '0.09'])(
    'refuses %j and keeps the last good value',
    async (text) => {
      const { worker, reliability, stored } = await open();
      await enter(reliability.clocks.connect, '7');
      await enter(reliability.clocks.connect, text);
      expect(reliability.clocks.connect.problem.value?.hint).toContain('stays at 7.');
      expect(stored().timeouts.connect).toBe(7000);
      expect(worker.asked('save-settings')).toHaveLength(1);
      await enter(reliability.clocks.connect, '8');
      expect(reliability.clocks.connect.problem.value).toBeNull();
      expect(stored().timeouts.connect).toBe(8000);
    },
  );

  it('say of a clock that is off that it stays off', async () => {
    const { reliability } = await open({ settings: { timeouts: { ...defaultSettings.timeouts, total: 0 } } });
    await enter(reliability.clocks.total, 'x');
    expect(reliability.clocks.total.problem.value?.hint).toContain('stays off.');
  });

  it('go back to the defaults, with what was typed wrongly; nothing else does', async () => {
    const { worker, reliability, stored } = await open();
    const { clocks, reset, retries } = reliability;
    expect(reset.idle.value).toBe(true);
    await reset.press();
    expect(worker.asked('save-settings')).toEqual([]);
    await enter(retries, '1');
    await enter(clocks.connect, '7');
    await enter(clocks.total, '-7');
    expect(reset.idle.value).toBe(false);
    await reset.press();
    expect(stored()).toMatchObject({ retries: 1, timeouts: defaultSettings.timeouts });
    expect(clocks.total.problem.value).toBeNull();
    expect(clocks.total.text.value).toBe('3600');
    expect(clocks.connect.note.value).toBe('');
    expect(reset.note.value).toBe('Saved');
    expect(reset.idle.value).toBe(true);
  });

  it('go back to the defaults even where another number is still being saved', async () => {
    const script = { ...SET_UP };
    const { reliability, stored } = await open(script);
    const release = holdSaves(script);
    const saved = enter(reliability.clocks.connect, '7');
    const reset = reliability.reset.press();
    release();
    await Promise.all([saved, reset]);
    expect(stored().timeouts).toEqual(defaultSettings.timeouts);
  });
});

describe('saves', () => {
  it('of every field at once lose none of them', async () => {
    const script = { ...SET_UP };
    const { model, worker, reliability, stored } = await open(script);
    const release = holdSaves(script);
    model.form.typeModel('gpt-5-mini');
    const saves = [
      enter(reliability.retries, '1'),
      reliability.continuing.choose('never'),
      model.save(),
      enter(reliability.clocks.connect, '1'),
      enter(reliability.clocks.firstToken, '2'),
      model.language.choose('ar'),
      enter(reliability.clocks.idle, '3'),
      enter(reliability.clocks.total, '4'),
    ];
    await vi.waitFor(() => expect(worker.asked('save-settings')).toHaveLength(1));
    release();
    await Promise.all(saves);
    expect(stored()).toMatchObject({
      model: 'gpt-5-mini',
      targetLanguage: 'ar',
      retries: 1,
      continuing: 'never',
      timeouts: { connect: 1000, firstToken: 2000, idle: 3000, total: 4000 },
    } satisfies Partial<Settings>);
    expect(worker.asked('save-settings')).toHaveLength(8);
  });

  it('of one field end with the last choice, which is shown all the while', async () => {
    const script = { ...SET_UP };
    const { model, reliability, stored } = await open(script);
    const { continuing } = reliability;
    const release = holdSaves(script);
    const shown: unknown[] = [];
    const stop = continuing.value.subscribe((value) => shown.push(value));
    const saves = [continuing.choose('ask'), continuing.choose('never')];
    release();
    await saves[0];
    expect(model.view.value?.settings.continuing).toBe('ask');
    expect(continuing.note.value).toBe('Saving');
    await saves[1];
    stop();
    expect(stored().continuing).toBe('never');
    expect(continuing.note.value).toBe('Saved');
    expect(shown).toEqual(['automatic', 'ask', 'never']);
  });

  it('that fail go back to what is stored and do not hold up the next', async () => {
    const failures = { 'save-settings': new StreamError('storage', 'disk full') };
    const script: WorkerScript = { ...SET_UP, failures };
    const { model, worker, reliability, stored } = await open(script);
    await enter(reliability.clocks.idle, '9');
    expect(reliability.clocks.idle.text.value).toBe('300');
    expect(reliability.clocks.idle.note.value).toBe('');
    expect(model.outcome.problem.value).toMatchObject({ place: 'reliability', code: 'storage' });
    delete worker.failures['save-settings'];
    await enter(reliability.clocks.idle, '9');
    expect(stored().timeouts.idle).toBe(9000);
    expect(model.outcome.problem.value).toBeNull();
  });
});

it('what another page stored is shown, but not over a number that is being typed', async () => {
  const { model, worker, reliability } = await open();
  reliability.retries.type('4');
  worker.connect().post({
    type: 'save-settings',
    settings: { ...worker.view().settings, retries: 0, continuing: 'ask' },
  });
  await vi.waitFor(() => expect(worker.view().settings.retries).toBe(0));
  await model.load();
  expect(reliability.continuing.value.value).toBe('ask');
  expect(reliability.retries.text.value).toBe('4');
  reliability.retries.revert();
  expect(reliability.retries.text.value).toBe('0');
});
