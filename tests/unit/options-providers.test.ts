// The saved providers, the fall-back and the figures on the options page.
import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { createOptionsModel } from '../../lib/options/model.ts';
import { amountOf } from '../../lib/options/usage.ts';
import type { UsageRow } from '../../lib/protocol/contract.ts';
import { providersOf } from '../../lib/settings/providers.ts';
import { dayOf, daysBefore } from '../../lib/usage/days.ts';
import { costWords, totalsLine } from '../../lib/usage/words.ts';
import { createScriptedWorker, HERE, type WorkerScript } from './options-worker.ts';

const B = { preset: 'custom', baseUrl: 'https://b.test/v1', model: 'b', name: 'Bee', favourites: ['b2'] };

async function open(script: WorkerScript = {}) {
  const worker = createScriptedWorker({
    settings: { preset: 'custom', baseUrl: 'https://a.test/v1', model: 'a', others: [B], ...script.settings },
    keys: ['https://a.test', 'https://b.test'],
    granted: ['https://a.test/*', 'https://b.test/*'],
    models: [{ id: 'listed' }],
    ...script,
  });
  const model = createOptionsModel({
    ...HERE,
    connect: worker.connect,
    listen: () => () => {},
    requestPermission: async () => true,
    hasPermission: async () => true,
    settleMs: 0,
  });
  await model.load();
  const settings = () => {
    const { value } = model.view;
    if (!value) throw new Error('no settings');
    return value.settings;
  };
  return { worker, model, settings, names: () => model.providers.list.value.map(({ name }) => name) };
}

describe('saved providers', () => {
  it('are listed by name, with the one in use', async () => {
    const { model } = await open();
    expect(model.providers.list.value).toEqual([
      { baseUrl: 'https://a.test/v1', name: 'a.test', detail: 'a', isCurrent: true },
      { baseUrl: B.baseUrl, name: 'Bee', detail: 'b.test · b', isCurrent: false },
    ]);
  });

  it('another one is used, and the form shows it', async () => {
    const { model, settings } = await open();
    await model.providers.use(B.baseUrl);
    expect(settings()).toMatchObject({ baseUrl: B.baseUrl, model: 'b', name: 'Bee' });
    expect(model.form.baseUrl.value).toBe(B.baseUrl);
    expect(model.form.model.value).toBe('b');
    expect(model.outcome.status.value).toBe('Bee is used from now on.');
    expect(providersOf(settings())).toHaveLength(2);
  });

  it('nothing that is typed is lost by using another', async () => {
    const { model, settings } = await open();
    model.form.typeModel('typed');
    await model.providers.use(B.baseUrl);
    expect(settings().baseUrl).toBe('https://a.test/v1');
    expect(model.form.model.value).toBe('typed');
    model.providers.discard();
    expect(model.form.model.value).toBe('a');
    expect(model.form.dirty.value).toBe(false);
  });

  it('one is added, and the one before stays saved', async () => {
    const { model, settings, worker, names } = await open();
    model.providers.add();
    expect([model.form.baseUrl.value, model.form.model.value]).toEqual(['', '']);
    // Something else was saved meanwhile: the empty form stays.
    await model.load();
    expect(model.form.isNew.value).toBe(true);
    model.form.choosePreset('groq');
    model.form.typeKey('gsk-1');
    await model.save();
    expect(settings()).toMatchObject({ preset: 'groq', others: [{ baseUrl: 'https://a.test/v1' }, B] });
    expect(names()).toEqual(['a.test', 'Bee', 'Groq']);
    expect(model.form.isNew.value).toBe(false);
    expect(worker.journal.find(({ type }) => type === 'put-key')).toMatchObject({
      origin: 'https://api.groq.com',
    });
  });

  it('adding can be given up', async () => {
    const { model } = await open();
    model.providers.add();
    model.form.typeBaseUrl('https://half.test');
    model.providers.discard();
    expect(model.form.isNew.value).toBe(false);
    expect(model.form.baseUrl.value).toBe('https://a.test/v1');
  });

  it('one is renamed, whichever is in use', async () => {
    const { model, names } = await open();
    await model.providers.rename('https://a.test/v1', ' Aye ');
    await model.providers.rename(B.baseUrl, 'Be');
    expect(names()).toEqual(['Aye', 'Be']);
  });

  it('one is removed with its key, unless another one needs that', async () => {
    const same = { ...B, baseUrl: 'https://b.test/v2', name: 'Bee two' };
    const { model, worker, names } = await open({
      settings: { preset: 'custom', baseUrl: 'https://a.test/v1', model: 'a', others: [B, same] },
    });
    const removed = () => worker.journal.filter(({ type }) => type === 'remove-key');
    await model.providers.remove(same.baseUrl);
    expect(removed()).toEqual([]);
    await model.providers.remove(B.baseUrl);
    expect(removed()).toEqual([{ type: 'remove-key', origin: 'https://b.test' }]);
    expect(names()).toEqual(['a.test']);
  });

  it('where the one in use is removed the next is used and shown', async () => {
    const { model, settings } = await open();
    await model.providers.remove('https://a.test/v1');
    expect(settings()).toMatchObject({ baseUrl: B.baseUrl, others: [] });
    expect(model.form.baseUrl.value).toBe(B.baseUrl);
  });
});

it('the fall-back is any model of any provider, and can be none again', async () => {
  const { model, settings } = await open();
  await model.fallBack.load();
  expect(model.fallBack.options.value.map(({ model: id, provider }) => [id, provider])).toEqual([
    ['None', ''],
    ['a', 'a.test'],
    ['listed', 'a.test'],
    ['b', 'Bee'],
    ['b2', 'Bee'],
    ['listed', 'Bee'],
  ]);
  await model.fallBack.choose(`${B.baseUrl} b2`);
  expect(settings().fallback).toEqual({ baseUrl: B.baseUrl, model: 'b2' });
  await model.fallBack.choose('');
  expect(settings().fallback).toBeNull();
});

describe('figures', () => {
  const row = (more: Partial<UsageRow>): UsageRow => ({
    day: dayOf(Date.now()),
    kind: 'chat',
    host: 'a.test',
    model: 'a',
    requests: 1,
    input: 100,
    output: 50,
    cost: 0.25,
    estimated: 0,
    unpriced: 0,
    ...more,
  });
  const usage = [
    row({}),
    row({ day: daysBefore(Date.now(), 6) }),
    row({ kind: 'translation', model: 'b', input: 1000, estimated: 1, unpriced: 1, cost: 0 }),
  ];

  it('add up by day and by model', async () => {
    const { model, worker } = await open({ usage });
    await model.usage.choosePeriod(7);
    expect(worker.journal).toContainEqual({ type: 'usage', since: daysBefore(Date.now(), 6) });
    const { bars, lines, total } = model.usage;
    expect(bars.value).toHaveLength(7);
    expect(bars.value.map(({ chat }) => amountOf(chat, 'tokens'))).toEqual([150, 0, 0, 0, 0, 0, 150]);
    expect(bars.value.at(-1)?.translation.input).toBe(1000);
    expect(lines.value).toMatchObject([
      { kind: 'translation', model: 'b', requests: 1 },
      { kind: 'chat', model: 'a', requests: 2, input: 200, output: 100, cost: 0.5 },
    ]);
    expect(totalsLine(total.value)).toBe('3 requests · tokens in: ~1,200 · out: ~150 · ~$0.50+');
  });

  it('a year is shown by weeks, and no day is lost', async () => {
    const { model } = await open({ usage: [row({}), row({ day: daysBefore(Date.now(), 364) })] });
    await model.usage.choosePeriod(365);
    const bars = model.usage.bars.value;
    expect(bars).toHaveLength(53);
    expect([bars[0]?.chat.requests, bars.at(-1)?.chat.requests]).toEqual([1, 1]);
  });

  it('can be cleared', async () => {
    const { model } = await open({ usage });
    await model.usage.load();
    await model.usage.clear();
    expect(model.usage.total.value.requests).toBe(0);
    expect(model.usage.note.value).toBe('Cleared');
  });

  it('that cannot be read are no trouble of anything else', async () => {
    const { model } = await open({ failures: { usage: new StreamError('storage', '') } });
    await model.usage.load();
    expect(model.outcome.problem.value).toBeNull();
    expect(model.usage.note.value).toBe('The figures cannot be read.');
  });

  it('in words: estimates, missing and small prices', () => {
    const none = row({ unpriced: 1, cost: 0 });
    expect(costWords(none)).toBe('–');
    expect(costWords(row({ cost: 0.000123 }))).toBe('$0.00012');
    expect(costWords(row({ cost: 12.345 }))).toBe('$12.35');
    expect(costWords(row({ cost: 0 }))).toBe('$0.00');
    expect(totalsLine(none)).toBe('1 request · tokens in: 100 · out: 50');
  });
});
