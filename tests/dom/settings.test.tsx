import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SettingsApp } from '../../components/settings/SettingsApp.tsx';
import { createOptionsModel } from '../../lib/options/model.ts';
import { languages } from '../../lib/translate/languages.ts';
import { createScriptedWorker, HERE, type WorkerScript } from '../unit/options-worker.ts';
import { noHistory } from '../unit/support/no-history.ts';

const SET_UP: WorkerScript = {
  settings: { model: 'gpt-5' },
  keys: ['https://ai.megallm.io'],
  granted: ['https://ai.megallm.io/*'],
  models: [{ id: 'gpt-5' }, { id: 'gpt-5-mini' }, { id: 'claude' }],
};
const choices = languages.map(({ tag, name, nativeName, dir }) => ({
  value: tag,
  label: nativeName,
  note: name,
  lang: tag,
  dir,
}));

async function open(script: WorkerScript = SET_UP, more: { allow?: boolean; backTo?: () => void } = {}) {
  const worker = createScriptedWorker(script);
  const { allow = true, backTo } = more;
  const model = createOptionsModel({
    ...HERE,
    connect: worker.connect,
    listen: () => () => {},
    requestPermission: () => Promise.resolve(allow),
    hasPermission: (pattern) => Promise.resolve(worker.granted.has(pattern)),
    settleMs: 0,
    ...(backTo ? { backTo } : {}),
  });
  await model.load();
  await vi.waitFor(() => expect(model.facts.hasKey.value).not.toBeNull());
  const shortcuts = [
    { name: '_execute_action', description: '', keys: 'Alt+Shift+K' },
    { name: 'open-side-panel', description: 'Open the side panel', keys: '' },
  ];
  render(
    <SettingsApp
      model={model}
      data={noHistory()}
      languages={choices}
      version="1.2.3"
      shortcuts={shortcuts}
      onChange={() => {}}
    />,
    document.body,
  );
  return { worker, model };
}

afterEach(() => render(null, document.body));

/** The control that a label names, as a person finds it. */
function labelled(name: string): HTMLInputElement {
  const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === name);
  if (!(label?.control instanceof HTMLElement)) throw new Error(`no control is labelled ${name}`);
  return label.control as HTMLInputElement;
}
function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  if (!found) throw new Error(`no button is named ${name}`);
  return found;
}
function type(input: HTMLInputElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
function press(input: HTMLInputElement, key: string): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  input.dispatchEvent(event);
  return event;
}
const options = () => [...document.querySelectorAll<HTMLElement>('[role=option]')];
const status = () => document.querySelector('[role=status]')?.textContent ?? '';
const alerts = () => [...document.querySelectorAll<HTMLElement>('[role=alert]')];

describe('names that stay', () => {
  it('has the controls by role and name, and one status', async () => {
    await open();
    expect(labelled('Base URL').type).toBe('text');
    expect(labelled('API key').type).toBe('password');
    expect(labelled('API key').autocomplete).toBe('off');
    expect(labelled('Model').getAttribute('role')).toBe('combobox');
    expect(labelled('Target language').getAttribute('role')).toBe('combobox');
    expect(labelled('Provider').tagName).toBe('SELECT');
    for (const name of ['Save', 'Test connection', 'Remove key', 'Change shortcuts']) button(name);
    expect(document.querySelectorAll('[role=status]')).toHaveLength(1);
    expect(alerts()).toHaveLength(0);
    expect(document.body.textContent).toContain('1.2.3');
    expect(document.body.textContent).toContain('not set');
  });
});

describe('the key field', () => {
  it('is empty after saving and says that a key is stored; the key is nowhere on the page', async () => {
    const { worker } = await open({ models: [] });
    expect(document.body.textContent).toContain('Three steps to begin');
    type(labelled('API key'), 'sk-CANARY');
    await vi.waitFor(() => expect(document.body.textContent).toContain('Unsaved changes'));
    button('Save').click();
    await vi.waitFor(() => expect(status()).toContain('Saved'));
    expect(worker.keys.get('https://ai.megallm.io')).toBe('sk-CANARY');
    expect(labelled('API key').value).toBe('');
    await vi.waitFor(() => expect(labelled('API key').placeholder).toBe('A key is stored'));
    expect(document.body.textContent).toContain('A key is stored for ai.megallm.io');
    expect(document.documentElement.outerHTML).not.toContain('CANARY');
    expect(document.body.textContent).not.toContain('Unsaved changes');
  });

  it('takes the focus and an alert when it cannot be a key', async () => {
    await open();
    type(labelled('API key'), 'sk 1');
    button('Save').click();
    await vi.waitFor(() => expect(alerts()).toHaveLength(1));
    await vi.waitFor(() => expect(document.activeElement).toBe(labelled('API key')));
    expect(labelled('API key').getAttribute('aria-invalid')).toBe('true');
    type(labelled('API key'), 'sk1');
    await vi.waitFor(() => expect(alerts()).toHaveLength(0));
  });
});

describe('trouble', () => {
  it('says what is wrong with a base URL when the field is left, but not on the way to a button', async () => {
    await open();
    type(labelled('Base URL'), 'api.example.com');
    labelled('Base URL').dispatchEvent(new FocusEvent('blur', { relatedTarget: button('Save') }));
    expect(alerts()).toHaveLength(0);
    labelled('Base URL').dispatchEvent(new FocusEvent('blur'));
    await vi.waitFor(() => expect(alerts()[0]?.dataset['code']).toBe('bad-url'));
  });

  it('offers to grant access after a denial', async () => {
    await open({ ...SET_UP, granted: [] }, { allow: false });
    button('Save').click();
    await vi.waitFor(() => expect(status()).toContain('Saved'));
    await vi.waitFor(() => expect(alerts()[0]?.dataset['code']).toBe('permission'));
    button('Grant access');
  });

  it('shows the lines of a test, the first failed one as the alert', async () => {
    const failed = (name: 'key' | 'model') =>
      ({ name, outcome: 'failed', trouble: { code: 'unauthorised', message: '<b>no</b>' } }) as const;
    await open({
      ...SET_UP,
      checks: [{ name: 'reachable', outcome: 'ok' }, failed('key'), failed('model')],
    });
    button('Test connection').click();
    await vi.waitFor(() => expect(status()).toContain('The test found a problem.'));
    expect([...document.querySelectorAll('.mark')].map(({ textContent }) => textContent)).toEqual([
      '✓',
      '✗',
      '✗',
    ]);
    expect(alerts().map(({ dataset }) => dataset['code'])).toEqual(['unauthorised']);
    expect(document.querySelector('b')).toBeNull();
  });
});

it('leads back after a save with nothing missing', async () => {
  const backTo = vi.fn();
  const { worker } = await open({ models: [] }, { backTo });
  worker.granted.add('https://ai.megallm.io/*');
  type(labelled('API key'), 'sk-1');
  button('Save').click();
  await vi.waitFor(() => expect(document.body.textContent).toContain('Ready. Go back'));
  button('Back').click();
  expect(backTo).toHaveBeenCalledOnce();
});

describe('reliability', () => {
  const change = (input: HTMLElement) => input.dispatchEvent(new Event('change', { bubbles: true }));
  const described = (input: HTMLElement) =>
    (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' ');

  it('has its controls by name, the clocks folded away', async () => {
    await open();
    for (const [name, value, max] of [
      ['Retries', '3', '5'],
      ['Connect', '120', '3600'],
      ['First token', '600', '3600'],
      ['Pause', '300', '3600'],
      ['Whole answer', '3600', '3600'],
    ] as const) {
      const field = labelled(name);
      expect([field.type, field.value, field.min, field.max]).toEqual(['number', value, '0', max]);
      expect(described(field)).toMatch(/\w/);
      expect(field.closest('details') !== null).toBe(name !== 'Retries');
    }
    expect(document.querySelector('.timeouts')?.hasAttribute('open')).toBe(false);
    const answers = labelled('Broken answers') as unknown as HTMLSelectElement;
    expect([...answers.options].map(({ text }) => text)).toEqual([
      'Go on by themselves',
      'Ask first',
      'Leave as they are',
    ]);
    expect(button('Reset to defaults').getAttribute('aria-disabled')).toBe('true');
  });

  it('saves a choice at once and says so beside it', async () => {
    const { worker } = await open();
    const answers = labelled('Broken answers');
    answers.value = 'never';
    change(answers);
    await vi.waitFor(() => expect(document.getElementById(`${answers.id}-note`)?.textContent).toBe('Saved'));
    expect(worker.view().settings.continuing).toBe('never');
    expect(answers.value).toBe('never');
  });

  it('saves a number when its field is left, and shows it as it is stored', async () => {
    const { worker } = await open();
    const silence = labelled('Pause');
    type(silence, '090');
    expect(worker.asked('save-settings')).toHaveLength(0);
    change(silence);
    silence.dispatchEvent(new FocusEvent('blur'));
    await vi.waitFor(() => expect(worker.view().settings.timeouts.idle).toBe(90_000));
    await vi.waitFor(() => expect(silence.value).toBe('90'));
    expect(worker.asked('save-settings')).toHaveLength(1);
  });

  it('says what is wrong with a number at its field; Escape brings back the last good one', async () => {
    const { worker } = await open();
    const total = labelled('Whole answer');
    type(total, '3601');
    expect(alerts()).toHaveLength(0);
    change(total);
    await vi.waitFor(() => expect(alerts()).toHaveLength(1));
    expect(total.getAttribute('aria-invalid')).toBe('true');
    expect(described(total)).toContain('Until then it stays at 3,600.');
    expect(worker.asked('save-settings')).toHaveLength(0);
    press(total, 'Escape');
    await vi.waitFor(() => expect(alerts()).toHaveLength(0));
    expect(total.value).toBe('3600');
    expect(total.getAttribute('aria-invalid')).toBe('false');
  });

  it('forgets what was typed and taken back, and follows what another page stores', async () => {
    const { worker, model } = await open();
    const retries = labelled('Retries');
    type(retries, '4');
    type(retries, '3');
    retries.dispatchEvent(new FocusEvent('blur'));
    worker.connect().post({ type: 'save-settings', settings: { ...worker.view().settings, retries: 0 } });
    await vi.waitFor(() => expect(worker.view().settings.retries).toBe(0));
    await model.load();
    await vi.waitFor(() => expect(retries.value).toBe('0'));
    expect(worker.asked('save-settings')).toHaveLength(1);
  });

  it('resets the clocks', async () => {
    const { worker } = await open({ ...SET_UP, settings: { model: 'gpt-5', retries: 1 } });
    const connect = labelled('Connect');
    type(connect, '5');
    change(connect);
    await vi.waitFor(() => expect(worker.view().settings.timeouts.connect).toBe(5000));
    const reset = button('Reset to defaults');
    await vi.waitFor(() => expect(reset.getAttribute('aria-disabled')).toBe('false'));
    reset.click();
    await vi.waitFor(() => expect(worker.view().settings.timeouts.connect).toBe(120_000));
    await vi.waitFor(() => expect(connect.value).toBe('120'));
    expect(worker.view().settings.retries).toBe(1);
  });
});

describe('comboboxes', () => {
  it('Model: lists what fits, follows the arrows, chooses by Enter; free text stays', async () => {
    const { model } = await open();
    await vi.waitFor(() => expect(model.facts.models.value).toHaveLength(3));
    const box = labelled('Model');
    type(box, 'gpt');
    await vi.waitFor(() => expect(options()).toHaveLength(2));
    expect(box.getAttribute('aria-expanded')).toBe('true');
    press(box, 'ArrowDown');
    await vi.waitFor(() => expect(box.getAttribute('aria-activedescendant')).toBe('model-option-0'));
    press(box, 'ArrowUp');
    await vi.waitFor(() => expect(box.getAttribute('aria-activedescendant')).toBe('model-option-1'));
    expect(press(box, 'Enter').defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(box.value).toBe('gpt-5-mini'));
    expect(options()).toHaveLength(0);
    type(box, 'a-model-of-my-own');
    await vi.waitFor(() => expect(model.form.model.value).toBe('a-model-of-my-own'));
    // With no list open, Enter is the form's: it saves.
    expect(press(box, 'Enter').defaultPrevented).toBe(false);
  });

  it('Model: a name typed to its end closes the list', async () => {
    const { model } = await open();
    await vi.waitFor(() => expect(model.facts.models.value).toHaveLength(3));
    type(labelled('Model'), 'gpt');
    await vi.waitFor(() => expect(options()).toHaveLength(2));
    type(labelled('Model'), 'gpt-5');
    await vi.waitFor(() => expect(options()).toHaveLength(0));
  });

  it.each(['Spanish', 'espanol', 'es', 'Español'])(
    'Target language: %j and Enter is saved at once',
    async (text) => {
      const { worker } = await open();
      const box = labelled('Target language');
      type(box, text);
      await vi.waitFor(() => expect(options()[0]?.textContent).toContain('Español'));
      press(box, 'Enter');
      await vi.waitFor(() => expect(worker.view().settings.targetLanguage).toBe('es'));
      await vi.waitFor(() => expect(box.value).toBe('Español'));
      expect(document.body.textContent).toContain('Saved');
    },
  );

  it('Target language: a click chooses, Escape and nonsense change nothing', async () => {
    const { worker } = await open();
    const box = labelled('Target language');
    box.click();
    await vi.waitFor(() => expect(options().length).toBe(choices.length));
    options()
      .find(({ textContent }) => textContent?.includes('Arabic'))
      ?.click();
    await vi.waitFor(() => expect(worker.view().settings.targetLanguage).toBe('ar'));
    await vi.waitFor(() => expect(options()).toHaveLength(0));
    type(box, 'germ');
    await vi.waitFor(() => expect(options()).toHaveLength(1));
    press(box, 'Escape');
    await vi.waitFor(() => expect(box.value).toBe('العربية'));
    type(box, 'germ');
    await vi.waitFor(() => expect(options()).toHaveLength(1));
    type(box, 'no such language');
    await vi.waitFor(() => expect(options()).toHaveLength(0));
    box.dispatchEvent(new FocusEvent('blur'));
    await vi.waitFor(() => expect(box.value).toBe('العربية'));
    expect(worker.asked('save-settings')).toHaveLength(1);
  });
});
