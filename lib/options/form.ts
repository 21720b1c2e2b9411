// The provider form: what is typed, what it is compared with, and how a preset fills it.
import { computed, type Signal, signal } from '@preact/signals';
import { findPreset, needsKey, type Preset, presets } from '../providers/presets.ts';
import { isLoopback } from '../settings/base-url.ts';
import type { Settings } from '../settings/schema.ts';
import { type Address, findAddress } from './address.ts';

export const CUSTOM = 'custom';

type Provider = Pick<Settings, 'preset' | 'baseUrl' | 'model'>;

interface Fields {
  preset: Signal<string>;
  baseUrl: Signal<string>;
  model: Signal<string>;
  key: Signal<string>;
  /** The fields are those of a provider that is not saved yet. */
  isNew: Signal<boolean>;
  /** What is stored. */
  stored: Signal<Provider>;
  /** What the fields held before anyone typed: what is stored, and a suggestion where nothing is. */
  baseline: Signal<Provider>;
}

/** `onEdit` is called after each change that the user made. */
export function createForm(onEdit: () => void) {
  const nothing: Provider = { preset: CUSTOM, baseUrl: '', model: '' };
  const fields: Fields = {
    preset: signal(CUSTOM),
    baseUrl: signal(''),
    model: signal(''),
    key: signal(''),
    isNew: signal(false),
    stored: signal(nothing),
    baseline: signal(nothing),
  };
  const { preset, baseUrl, model, key, isNew, baseline } = fields;
  const address = computed<Address | undefined>(() => findAddress(baseUrl.value));
  const edit = (field: Signal<string>, text: string): void => {
    field.value = text;
    onEdit();
  };
  return {
    preset,
    baseUrl,
    model,
    key,
    isNew,
    address,
    knownPreset: computed(() => presetById(preset.value)),
    needsKey: computed(() =>
      address.value ? needsKey({ preset: preset.value, baseUrl: address.value.baseUrl }) : true,
    ),
    dirty: computed(() => key.value !== '' || differs(fields, baseline.value)),
    show: (settings: Provider): void => show(fields, settings),
    /** Empties the fields for a provider that is to be added. */
    begin(): void {
      show(fields, nothing);
      key.value = '';
      isNew.value = true;
      onEdit();
    },
    choosePreset(id: string): void {
      fillFromPreset(fields, id);
      onEdit();
    },
    typeBaseUrl(text: string): void {
      followBaseUrl(fields, text);
      onEdit();
    },
    typeModel: (text: string): void => edit(model, text),
    typeKey: (text: string): void => edit(key, text),
  };
}

export type Form = ReturnType<typeof createForm>;

/** Shows what is stored. An empty model is filled with the preset's first, so that a key is all that is left to give. */
function show({ preset, baseUrl, model, isNew, stored, baseline }: Fields, settings: Provider): void {
  isNew.value = false;
  stored.value = settings;
  const known = presetFor(settings.preset, findAddress(settings.baseUrl));
  preset.value = known?.id ?? CUSTOM;
  baseUrl.value = settings.baseUrl;
  model.value = settings.model || suggestedModel(known);
  baseline.value = { preset: preset.value, baseUrl: baseUrl.value, model: model.value };
}

function fillFromPreset({ preset, baseUrl, model, key, stored }: Fields, id: string): void {
  const chosen = presetById(id);
  if (chosen) {
    // A key typed for one provider must not go to another.
    if (baseUrl.value !== chosen.baseUrl) key.value = '';
    baseUrl.value = chosen.baseUrl;
    const usedBefore = chosen.baseUrl === stored.value.baseUrl ? stored.value.model : '';
    model.value = usedBefore || suggestedModel(chosen);
  } else if (findPreset(baseUrl.value)) {
    baseUrl.value = '';
    model.value = '';
    key.value = '';
  }
  preset.value = id;
}

function followBaseUrl({ preset, baseUrl, model, stored }: Fields, text: string): void {
  const before = presetById(preset.value);
  const address = findAddress(text);
  baseUrl.value = text;
  // Half a URL says nothing yet.
  if (!address) return;
  const after = presetFor(preset.value, address);
  preset.value = after?.id ?? CUSTOM;
  if (before === after) return;
  // A model that only a preset suggested says nothing about another server.
  if (before?.models.includes(model.value) && model.value !== stored.value.model) model.value = '';
  model.value ||= suggestedModel(after);
}

function differs({ preset, baseUrl, model }: Fields, from: Provider): boolean {
  return baseUrl.value !== from.baseUrl || model.value !== from.model || preset.value !== from.preset;
}

function presetById(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}

/** The preset of an address: the one that names it, or the chosen one where that is a server of one's own on another port. */
function presetFor(chosenId: string, address: Address | undefined): Preset | undefined {
  if (!address) return undefined;
  const chosen = presetById(chosenId);
  const own = chosen?.needsKey === false && isLoopback(new URL(address.baseUrl).hostname);
  return findPreset(address.baseUrl) ?? (own ? chosen : undefined);
}

function suggestedModel(preset: Preset | undefined): string {
  return preset?.models[0] ?? '';
}
