import { describe, expect, it } from 'vitest';
import { createOptionsModel } from '../../lib/options/model.ts';
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
  return { model, worker, stored: () => worker.view().settings };
}

describe('wishes', () => {
  it('are saved for the language that is chosen, when the field is left', async () => {
    const { model, stored, worker } = await open({ settings: { targetLanguage: 'es' } });
    const { instruction, glossary } = model.wishes;
    instruction.type('Say usted.');
    expect(worker.asked('save-settings')).toEqual([]);
    await instruction.commit();
    glossary.type('spring = manantial');
    await glossary.commit();
    expect(stored().wishes).toEqual({ es: { instruction: 'Say usted.', glossary: 'spring = manantial' } });
    expect(instruction.note.value).toBe('Saved');
  });

  it('follow the language, and a draft does not move to another', async () => {
    const wishes = { de: { instruction: 'Duzen.', glossary: '' } };
    const { model, stored } = await open({ settings: { targetLanguage: 'es', wishes } });
    model.wishes.instruction.type('Half typed');
    await model.language.choose('de');
    expect(model.wishes.instruction.text.value).toBe('Duzen.');
    await model.wishes.instruction.commit();
    expect(stored().wishes).toEqual(wishes);
  });
});

describe('requests at once', () => {
  it.each([
    ['0', 3],
    ['9', 3],
    ['1', 1],
    ['8', 8],
  ])('%s', async (text, expected) => {
    const { model, stored } = await open();
    model.atOnce.type(text);
    await model.atOnce.commit();
    expect(stored().translationsAtOnce).toBe(expected);
  });
});

describe('the size that is asked about first', () => {
  it.each([
    ['0', 0],
    ['1000000', 1_000_000],
    ['1000001', 60_000],
    ['1.5', 60_000],
  ])('%s', async (text, expected) => {
    const { model, stored } = await open();
    model.confirmAbove.type(text);
    await model.confirmAbove.commit();
    expect(stored().confirmAbove).toBe(expected);
  });
});

describe('kept translations', () => {
  it('are counted and cleared', async () => {
    const { model, worker } = await open({ kept: { count: 2, chars: 30 } });
    await model.kept.load();
    expect(model.kept.size.value).toEqual({ count: 2, chars: 30 });
    await model.kept.forget();
    expect(worker.asked('forget-translations')).toHaveLength(1);
    expect(model.kept.size.value?.count).toBe(0);
    expect(model.kept.note.value).toBe('Cleared');
  });
});
