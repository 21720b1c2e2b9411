// The provider form: what is typed, what it is compared with, and how a preset fills it.
import { computed, signal } from '@preact/signals';
import { findPreset, type Preset, presets } from '../providers/presets.ts';
import { isLoopback } from '../settings/base-url.ts';
import type { Settings } from '../settings/schema.ts';
import { type Address, findAddress } from './address.ts';

export const CUSTOM = 'custom';

type Provider = Pick<Settings, 'preset' | 'baseUrl' | 'model'>;

/** `onEdit` is called after each change that the user made. */
export function createForm(onEdit: () => void) {
  const preset = signal(CUSTOM);
  const baseUrl = signal('');
  const model = signal('');
  const key = signal('');
  const baseline = signal<Provider>({ preset: CUSTOM, baseUrl: '', model: '' });
  const stored = signal<Provider>(baseline.value);

  const address = computed<Address | undefined>(() => findAddress(baseUrl.value));
  const knownPreset = computed<Preset | undefined>(() => presets.find(({ id }) => id === preset.value));
  const needsKey = computed(() => {
    if (knownPreset.value) return knownPreset.value.needsKey;
    return !address.value || !isLoopback(new URL(address.value.baseUrl).hostname);
  });
  const dirty = computed(
    () =>
      key.value !== '' ||
      baseUrl.value !== baseline.value.baseUrl ||
      model.value !== baseline.value.model ||
      preset.value !== baseline.value.preset,
  );

  /** Shows what is stored. An empty model is filled with the preset's first, so that a key is all that is left to give. */
  function show(settings: Provider): void {
    stored.value = settings;
    const id = findPreset(settings.baseUrl)?.id ?? CUSTOM;
    preset.value = id;
    baseUrl.value = settings.baseUrl;
    model.value = settings.model || (presets.find((one) => one.id === id)?.models[0] ?? '');
    baseline.value = { preset: id, baseUrl: baseUrl.value, model: model.value };
  }

  return {
    preset,
    baseUrl,
    model,
    key,
    address,
    knownPreset,
    needsKey,
    dirty,
    show,
    choosePreset(id: string): void {
      const chosen = presets.find((one) => one.id === id);
      if (chosen) {
        // A key typed for one provider must not go to another.
        if (baseUrl.value !== chosen.baseUrl) key.value = '';
        baseUrl.value = chosen.baseUrl;
        model.value = chosen.baseUrl === stored.value.baseUrl ? stored.value.model : '';
        model.value ||= chosen.models[0] ?? '';
      } else if (findPreset(baseUrl.value)) {
        baseUrl.value = '';
        model.value = '';
      }
      preset.value = id;
      onEdit();
    },
    typeBaseUrl(text: string): void {
      const before = knownPreset.value;
      baseUrl.value = text;
      preset.value = findPreset(findAddress(text)?.baseUrl ?? '')?.id ?? CUSTOM;
      if (before !== knownPreset.value) {
        // A model that only a preset suggested says nothing about another server.
        if (before?.models.includes(model.value) && model.value !== stored.value.model) model.value = '';
        model.value ||= knownPreset.value?.models[0] ?? '';
      }
      onEdit();
    },
    typeModel(text: string): void {
      model.value = text;
      onEdit();
    },
    typeKey(text: string): void {
      key.value = text;
      onEdit();
    },
  };
}

export type Form = ReturnType<typeof createForm>;
