import { describe, expect, it, vi } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { createOptionsModel } from '../../lib/options/model.ts';
import type { Notice } from '../../lib/protocol/contract.ts';
import { createScriptedWorker, HERE, type WorkerScript } from './options-worker.ts';

const ORIGIN = 'https://ai.megallm.io';
const PATTERN = 'https://ai.megallm.io/*';
const SET_UP: WorkerScript = { settings: { model: 'gpt-5' }, keys: [ORIGIN], granted: [PATTERN] };

async function open(script: WorkerScript = {}, more: { allow?: boolean } = {}) {
  const worker = createScriptedWorker(script);
  const asked: string[] = [];
  const listeners: ((notice: Notice) => void)[] = [];
  const model = createOptionsModel({
    ...HERE,
    connect: worker.connect,
    listen: (listener) => {
      listeners.push(listener);
      return () => {};
    },
    requestPermission(pattern) {
      asked.push(pattern);
      if (more.allow === false) return Promise.resolve(false);
      worker.granted.add(pattern);
      return Promise.resolve(true);
    },
    hasPermission: (pattern) => Promise.resolve(worker.granted.has(pattern)),
    settleMs: 0,
  });
  await model.load();
  await vi.waitFor(() => expect(model.facts.hasKey.value).not.toBeNull());
  return { model, worker, asked, notify: (notice: Notice) => listeners.forEach((tell) => void tell(notice)) };
}

describe('loading', () => {
  it('shows what is stored and welcomes only who has no key', async () => {
    const fresh = await open();
    expect(fresh.model.firstRun.value).toBe(true);
    expect(fresh.model.form.model.value).not.toBe('');
    expect(fresh.model.form.dirty.value).toBe(false);
    const { model } = await open(SET_UP);
    expect(model.firstRun.value).toBe(false);
    expect(model.form.preset.value).toBe('megallm');
    expect(model.facts.hasKey.value).toBe(true);
    expect(model.form.key.value).toBe('');
  });

  it('offers the grant at once where only the permission is missing', async () => {
    const { model, worker } = await open({ ...SET_UP, granted: [] });
    expect(model.outcome.problem.value).toMatchObject({ code: 'permission', action: 'grant' });
    await model.grant();
    expect(worker.granted.has(PATTERN)).toBe(true);
    expect(model.outcome.problem.value).toBeNull();
    expect(model.complete.value).toBe(true);
  });

  it('says so when the worker does not answer, and can be asked again', async () => {
    const worker = createScriptedWorker({ failures: { settings: new StreamError('storage', 'disk full') } });
    const model = createOptionsModel({
      ...HERE,
      connect: worker.connect,
      listen: () => () => {},
      requestPermission: () => Promise.resolve(true),
      hasPermission: () => Promise.resolve(true),
    });
    await model.load();
    expect(model.outcome.problem.value).toMatchObject({ place: 'load', code: 'storage', action: 'reload' });
    delete worker.failures.settings;
    await model.load();
    expect(model.outcome.problem.value).toBeNull();
    expect(model.view.value).not.toBeNull();
    model.dispose();
  });
});

describe('saving', () => {
  it('asks for the one permission before anything else, then stores key and settings in this order', async () => {
    const { model, worker, asked } = await open();
    model.form.typeKey('  sk-CANARY \n');
    model.form.typeModel('gpt-5-mini');
    const saved = model.save();
    expect(asked).toEqual([PATTERN]);
    expect(worker.asked('put-key')).toEqual([]);
    await saved;
    const writes = worker.journal.filter(({ type }) => type === 'put-key' || type === 'save-settings');
    expect(writes).toEqual([
      { type: 'put-key', origin: ORIGIN, key: 'sk-CANARY' },
      { type: 'save-settings', settings: expect.objectContaining({ model: 'gpt-5-mini' }) },
    ]);
    expect(JSON.stringify(worker.asked('save-settings'))).not.toContain('CANARY');
    expect(model.form.key.value).toBe('');
    expect(model.form.dirty.value).toBe(false);
    expect(model.complete.value).toBe(true);
    expect(model.outcome.status.value).toBe('Saved. A key for ai.megallm.io is stored.');
    await vi.waitFor(() => expect(model.facts.hasKey.value).toBe(true));
  });

  it('keeps the stored key when none is typed', async () => {
    const { model, worker } = await open(SET_UP);
    model.form.typeModel('other');
    await model.save();
    expect(worker.asked('put-key')).toEqual([]);
    expect(worker.keys.get(ORIGIN)).toBe('stored-before');
  });

  it('saves and says what a denied permission means', async () => {
    const { model, worker } = await open({}, { allow: false });
    model.form.typeKey('sk-1');
    await model.save();
    expect(worker.asked('save-settings')).toHaveLength(1);
    expect(model.outcome.status.value).toMatch(/^Saved\./);
    expect(model.outcome.problem.value).toMatchObject({ code: 'permission', action: 'grant' });
    expect(model.complete.value).toBe(false);
  });

  it.each(['sk-1 2', 'sk-1\n2', '"sk-1"', '‘sk-1’', 'sk-1–2', 'Bearer sk-1', 'ключ', 'x'.repeat(5000)])(
    'refuses %j as a key before anything is sent',
    async (key) => {
      const { model, worker, asked } = await open();
      model.form.typeKey(key);
      await model.save();
      expect(model.outcome.problem.value?.place).toBe('key');
      expect(JSON.stringify(model.outcome.problem.value)).not.toContain(key);
      expect(asked).toEqual([]);
      expect(worker.asked('put-key')).toEqual([]);
      expect(worker.asked('save-settings')).toEqual([]);
    },
  );

  it.each(['', 'api.example.com', 'http://example.com/v1', 'https://u:p@example.com', 'https://e.com/?k=1'])(
    'refuses %j as a base URL before anything is sent',
    async (baseUrl) => {
      const { model, worker, asked } = await open(SET_UP);
      model.form.typeBaseUrl(baseUrl);
      await model.save();
      expect(model.outcome.problem.value).toMatchObject({ place: 'base-url', code: 'bad-url' });
      expect(asked).toEqual([]);
      expect(worker.asked('save-settings')).toEqual([]);
    },
  );

  it('does one thing at a time', async () => {
    const { model, worker } = await open(SET_UP);
    await Promise.all([model.save(), model.save(), model.testConnection()]);
    expect(worker.asked('save-settings')).toHaveLength(1);
    expect(worker.asked('test-connection')).toHaveLength(0);
  });

  it('shows what failed and keeps what was typed', async () => {
    const { model } = await open({ failures: { 'put-key': new StreamError('storage', 'disk full') } });
    model.form.typeKey('sk-1');
    await model.save();
    expect(model.outcome.problem.value).toMatchObject({ place: 'provider', code: 'storage' });
    expect(model.form.key.value).toBe('sk-1');
    expect(model.phase.value).toBe('idle');
  });
});

describe('the key belongs to its origin', () => {
  it('asks anew when the origin changes', async () => {
    const { model } = await open(SET_UP);
    model.form.typeBaseUrl('https://api.example.com/v1');
    expect(model.facts.hasKey.value).toBeNull();
    await vi.waitFor(() => expect(model.facts.hasKey.value).toBe(false));
    model.form.choosePreset('megallm');
    await vi.waitFor(() => expect(model.facts.hasKey.value).toBe(true));
  });

  it('drops a typed key when another provider is chosen', async () => {
    const { model } = await open();
    model.form.typeKey('sk-for-megallm');
    model.form.choosePreset('openai');
    expect(model.form.key.value).toBe('');
    expect(model.form.baseUrl.value).toBe('https://api.openai.com/v1');
  });

  it('never sends a typed key from typing alone', async () => {
    const granted = [PATTERN, 'https://api.openai.com/*'];
    const keys = [ORIGIN, 'https://api.openai.com'];
    const { model, worker } = await open({ ...SET_UP, keys, granted, models: [{ id: 'a' }] });
    model.form.typeBaseUrl('https://api.openai.com/v1');
    model.form.typeKey('sk-CANARY');
    await vi.waitFor(() => expect(model.facts.models.value).toHaveLength(1));
    expect(JSON.stringify(worker.journal)).not.toContain('CANARY');
  });

  it('removes the key of the origin that is shown', async () => {
    const { model, worker } = await open(SET_UP);
    await model.removeKey();
    expect(worker.keys.size).toBe(0);
    expect(model.facts.hasKey.value).toBe(false);
    expect(model.outcome.status.value).toContain('removed');
  });
});

describe('models', () => {
  it('are asked for only where access is granted, and errors are silent', async () => {
    const without = await open({ ...SET_UP, granted: [] });
    expect(without.worker.asked('models')).toEqual([]);
    const keyless = await open({ ...SET_UP, keys: [] });
    expect(keyless.worker.asked('models')).toEqual([]);
    const failing = await open({ ...SET_UP, failures: { models: new StreamError('server', 'no') } });
    await vi.waitFor(() => expect(failing.worker.asked('models')).toHaveLength(1));
    expect(failing.model.outcome.problem.value).toBeNull();
  });

  it('are not listed again for each notice', async () => {
    const { model, worker, notify } = await open({ ...SET_UP, models: [{ id: 'a' }] });
    await vi.waitFor(() => expect(model.facts.models.value).toHaveLength(1));
    notify({ type: 'settings-changed' });
    await vi.waitFor(() => expect(worker.asked('settings')).toHaveLength(2));
    await model.load();
    expect(worker.asked('models')).toHaveLength(1);
  });
});
