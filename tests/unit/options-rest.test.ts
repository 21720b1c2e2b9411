import { describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../../lib/engine/errors.ts';
import { StreamError } from '../../lib/engine/errors.ts';
import { addLine, lineFor } from '../../lib/options/checks.ts';
import { createOptionsModel } from '../../lib/options/model.ts';
import type { Check } from '../../lib/protocol/contract.ts';
import { createScriptedWorker, HERE, type WorkerScript } from './options-worker.ts';

const SET_UP: WorkerScript = {
  settings: { model: 'gpt-5' },
  keys: ['https://ai.megallm.io'],
  granted: ['https://ai.megallm.io/*'],
};
const context = {
  host: 'api.example.com',
  model: 'gpt-5',
  baseUrl: 'https://api.example.com/v1',
  origin: HERE.origin,
};

async function open(script: WorkerScript) {
  const worker = createScriptedWorker(script);
  const requestPermission = vi.fn(() => Promise.resolve(true));
  const model = createOptionsModel({
    ...HERE,
    connect: worker.connect,
    listen: () => () => {},
    requestPermission,
    hasPermission: (pattern) => Promise.resolve(worker.granted.has(pattern)),
    settleMs: 0,
  });
  await model.load();
  return { model, worker, requestPermission };
}

describe('the connection test', () => {
  it('uses the form, stores nothing, and asks for the permission inside the click', async () => {
    const checks: Check[] = [
      { name: 'reachable', outcome: 'ok' },
      { name: 'stream', outcome: 'ok', detail: { ttftMs: 412.4 } },
    ];
    const { model, worker, requestPermission } = await open({ ...SET_UP, checks });
    model.form.typeBaseUrl('http://127.0.0.1:8080/v1/chat/completions');
    model.form.typeModel('scripted');
    model.form.typeKey('sk-once');
    const tested = model.testConnection();
    expect(requestPermission).toHaveBeenCalledExactlyOnceWith('http://127.0.0.1/*');
    await tested;
    expect(worker.asked('test-connection')).toEqual([
      {
        type: 'test-connection',
        preset: 'custom',
        baseUrl: 'http://127.0.0.1:8080/v1',
        model: 'scripted',
        key: 'sk-once',
      },
    ]);
    expect(worker.asked('put-key')).toEqual([]);
    expect(model.form.key.value).toBe('sk-once');
    expect(model.test.lines.value.map(({ text }) => text)).toEqual([
      '127.0.0.1:8080 answers',
      'A reply streamed, first token after 412 ms',
    ]);
    expect(model.outcome.status.value).toBe('The connection works.');
  });

  it('reports a failed line, and forgets its lines once the form changes', async () => {
    const trouble = { code: 'unauthorised', message: 'Incorrect API key provided.', status: 401 } as const;
    const { model } = await open({
      ...SET_UP,
      checks: [
        { name: 'key', outcome: 'failed', trouble },
        { name: 'stream', outcome: 'skipped' },
      ],
    });
    await model.testConnection();
    expect(model.outcome.status.value).toBe('The test found a problem.');
    expect(model.test.lines.value).toHaveLength(2);
    model.form.typeKey('x');
    expect(model.test.lines.value).toEqual([]);
    expect(model.outcome.status.value).toBe('');
  });

  it('can be stopped', async () => {
    const { model } = await open({ ...SET_UP, testHangs: true });
    const tested = model.testConnection();
    await vi.waitFor(() => expect(model.test.running.value).toBe(true));
    model.test.stop();
    await tested;
    expect(model.outcome.status.value).toBe('The test was stopped.');
    expect(model.phase.value).toBe('idle');
  });

  it('says so when it cannot run', async () => {
    const { model } = await open({
      ...SET_UP,
      failures: { 'test-connection': new StreamError('offline', '') },
    });
    await model.testConnection();
    expect(model.outcome.problem.value).toMatchObject({ place: 'provider', code: 'offline' });
    expect(model.outcome.status.value).toBe('');
  });
});

describe('lines of the test', () => {
  const names = ['address', 'permission', 'reachable', 'key', 'model', 'stream'] as const;
  it.each(names)('%s has words for each outcome, and a failed one says what to do', (name) => {
    expect(lineFor({ name, outcome: 'ok' }, context).text).not.toBe('');
    expect(lineFor({ name, outcome: 'skipped' }, context).text).toContain(':');
    const failed = lineFor(
      { name, outcome: 'failed', trouble: { code: 'unauthorised', message: 'no', status: 401 } },
      context,
    );
    expect(failed).toMatchObject({ code: 'unauthorised', details: 'no' });
    expect(failed.hint).toBeTruthy();
  });
});

describe('what to do about a line that failed', () => {
  const hintsAt = (baseUrl: string, code: ErrorCode, more: Partial<Check> = {}) => {
    const trouble = { code, message: '' };
    const at = { ...context, baseUrl, host: new URL(baseUrl).host };
    return lineFor({ name: 'reachable', outcome: 'failed', trouble, ...more }, at);
  };
  it('names the line that Ollama wants, with our own origin', () => {
    const { command } = hintsAt('http://localhost:11434/v1', 'origin-refused');
    expect(command).toBe('OLLAMA_ORIGINS=chrome-extension://runnelsown');
  });
  it('looks for the server on this computer, and for the certificate elsewhere', () => {
    expect(hintsAt('http://localhost:11434/v1', 'network')).toMatchObject({
      hint: expect.stringContaining('Nothing answers at localhost:11434'),
    });
    expect(hintsAt('https://box.lan:8443/v1', 'network')).toMatchObject({
      hint: expect.stringContaining('certificate'),
      link: 'https://box.lan:8443',
    });
  });
  it('offers the address at which there is an API', () => {
    const better = 'https://api.example.com/v1';
    expect(hintsAt('https://api.example.com', 'not-an-api', { better })).toMatchObject({
      better,
      hint: expect.stringContaining(better),
    });
  });
  it('tells of who collects the reply', () => {
    const line = lineFor({ name: 'pieces', outcome: 'failed', detail: { chunks: 40 } }, context);
    expect(line.hint).toContain('proxy_buffering off');
  });
  it.each(['pieces', 'usage', 'tools', 'json'] as const)('%s has words for doing without', (name) => {
    const line = lineFor({ name, outcome: 'missing' }, context);
    expect(line.text).not.toBe('');
    expect(line.hint).toBeUndefined();
  });
});

it('a reason is said once', () => {
  const trouble = { code: 'unauthorised', message: 'no' } as const;
  const lines = addLine([], { name: 'key', outcome: 'failed', trouble }, context);
  const [first, second] = addLine(lines, { name: 'stream', outcome: 'failed', trouble }, context);
  expect(first?.text).toContain('refused the key');
  expect(second).toEqual({
    name: 'stream',
    outcome: 'failed',
    text: 'Reply: none came, for the same reason',
  });
});

describe('the target language', () => {
  it('is saved at once and leaves unsaved changes of the form alone', async () => {
    const { model, worker } = await open(SET_UP);
    model.form.typeModel('not saved yet');
    await model.language.choose('ar');
    expect(worker.view().settings).toMatchObject({ targetLanguage: 'ar', model: 'gpt-5' });
    expect(model.language.tag.value).toBe('ar');
    expect(model.language.note.value).toBe('Saved');
    expect(model.form.model.value).toBe('not saved yet');
    expect(model.form.dirty.value).toBe(true);
  });

  it('goes back to what is stored when it could not be saved', async () => {
    const { model } = await open({
      ...SET_UP,
      failures: { 'save-settings': new StreamError('storage', 'disk full') },
    });
    await model.language.choose('ar');
    expect(model.language.tag.value).toBe('en');
    expect(model.outcome.problem.value).toMatchObject({ place: 'language', code: 'storage' });
  });

  it('is not lost when the provider is saved while the browser still asks', async () => {
    const worker = createScriptedWorker(SET_UP);
    const permission = Promise.withResolvers<boolean>();
    const model = createOptionsModel({
      ...HERE,
      connect: worker.connect,
      listen: () => () => {},
      requestPermission: () => permission.promise,
      hasPermission: () => Promise.resolve(true),
    });
    await model.load();
    const saved = model.save();
    await model.language.choose('de');
    permission.resolve(true);
    await saved;
    expect(worker.view().settings.targetLanguage).toBe('de');
  });
});

it('an answer to an older read does not undo a newer write', async () => {
  const script: WorkerScript = { ...SET_UP };
  const { model } = await open(script);
  const late = Promise.withResolvers<void>();
  script.held = { settings: late.promise };
  const read = model.load();
  model.form.typeModel('newer');
  await model.save();
  late.resolve();
  await read;
  expect(model.view.value?.settings.model).toBe('newer');
  expect(model.form.model.value).toBe('newer');
});

describe('presets', () => {
  it('follow the base URL, and fill it', async () => {
    const { model } = await open({});
    model.form.typeBaseUrl('https://api.groq.com/openai/v1/');
    expect(model.form.preset.value).toBe('groq');
    expect(model.form.model.value).toBe('llama-3.3-70b-versatile');
    model.form.typeBaseUrl('https://example.com/v1');
    expect(model.form.preset.value).toBe('custom');
    expect(model.form.model.value).toBe('');
    model.form.choosePreset('ollama');
    expect(model.form.needsKey.value).toBe(false);
    model.form.typeBaseUrl('http://localhost:');
    model.form.typeBaseUrl('http://localhost:9000/v1');
    expect(model.form.preset.value).toBe('ollama');
    expect(model.form.needsKey.value).toBe(false);
    model.form.typeBaseUrl('https://example.com/v1');
    expect(model.form.needsKey.value).toBe(true);
    model.form.choosePreset('openai');
    model.form.choosePreset('custom');
    expect(model.form.baseUrl.value).toBe('');
  });

  it('bring back the model that is saved for the provider', async () => {
    const { model } = await open({ ...SET_UP, settings: { model: 'mine' } });
    model.form.choosePreset('openai');
    model.form.choosePreset('megallm');
    expect(model.form.model.value).toBe('mine');
    expect(model.form.dirty.value).toBe(false);
  });
});
