// The options in a language that nobody speaks: what is still in Latin letters there does not come from the messages.
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { SettingsApp } from '../../components/settings/SettingsApp.tsx';
import { createOptionsModel } from '../../lib/options/model.ts';
import { presets } from '../../lib/providers/presets.ts';
import { defaultSettings } from '../../lib/settings/schema.ts';
import { createScriptedWorker, HERE, type WorkerScript } from '../unit/options-worker.ts';
import { noHistory } from '../unit/support/no-history.ts';
import { leftOver, speakNoLanguage, told } from './no-language.ts';

beforeAll(() => {
  speakNoLanguage();
});
afterAll(() => {
  vi.unstubAllGlobals();
});
afterEach(() => render(null, document.body));

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
  const data = noHistory();
  await act(async () => {
    await model.load();
    const words = { languages: [], version: '1', shortcuts: [], onChange() {} };
    render(<SettingsApp model={model} data={data} {...words} />, document.body);
  });
  return { model, data };
}

/** Waits for the messages, then for every text, name and title to be one, but for what is the same in every language. */
async function expectWords(...names: string[]): Promise<void> {
  const all = () => told(document.body);
  await vi.waitFor(() => {
    for (const name of names) expect(all().join('\n')).toContain(`⟦${name}`);
  });
  expect(leftOver(all(), withoutNames)).toEqual([]);
}

const brands = presets.map(({ name }) => name).filter(Boolean);

const withoutNames = (text: string) =>
  brands.includes(text) ? '' : text.replace(/https:\/\/api\.example\.com\/v1|ai\.megallm\.io/g, '');

test('before anything is set up', async () => {
  await open({ settings: { model: '' } });
  await expectWords('threeSteps', 'provider', 'testConnection', 'aboutText 1');
});

test.each(['azure', 'ollama', 'lmstudio'])('what has to be done for %s', async (id) => {
  const { model } = await open();
  await act(() => model.form.choosePreset(id));
  await expectWords('setup_', 'unsavedChanges');
});

test('providers, own prompts, figures', async () => {
  const other = { preset: 'custom', baseUrl: 'https://1.2/v1', model: 'μ', name: 'ν', favourites: [] };
  const day = new Date().toLocaleDateString('sv');
  const sums = { requests: 2, input: 10, output: 5, cost: 0.01, estimated: 1, unpriced: 1 };
  const { model } = await open({
    settings: {
      ...defaultSettings,
      model: 'μ',
      others: [other],
      prompts: [{ id: '1', name: 'ο', text: 'π' }],
    },
    keys: [new URL(defaultSettings.baseUrl).origin],
    usage: [{ day, kind: 'chat', host: '1.2', model: 'μ', ...sums }],
  });
  await expectWords('savedProviders', 'inUse', 'moveUp ο', 'highest', 'usageByModel', 'useProvider');
  await act(() => {
    model.providers.add();
    model.chat.prompts.add();
  });
  await expectWords('newProviderHint', 'promptTextHint', 'discardChanges');
  for (const question of ['⟦remove⟧', '⟦clearFigures⟧']) {
    const ask = [...document.querySelectorAll('button')].find(({ textContent }) =>
      textContent?.startsWith(question),
    );
    await act(() => ask?.click());
  }
  await expectWords('removeProviderAsk', 'clearFiguresAsk', 'keepIt');
});

test('a file that can be imported, one that cannot, and a failure', async () => {
  const { data } = await open();
  await act(() => {
    data.preview.value = { conversations: [], messages: 0, existing: 2, problems: [] };
  });
  await expectWords('importTitle', 'importExisting 2', 'deleteAllAsk', 'do_close');
  await act(() => {
    data.preview.value = { conversations: [], messages: 0, existing: 0, problems: ['ρ'] };
    data.problem.value = 'σ';
  });
  await expectWords('importWrong', 'dataFailed');
});
