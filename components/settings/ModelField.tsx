import type { OptionsModel } from '../../lib/options/model.ts';
import { Combobox } from './Combobox.tsx';
import type { ComboboxOption } from './match-options.ts';

/** Any name can be typed; the server's list is offered once it has answered, the preset's suggestions before. */
export function ModelField({ model }: { model: OptionsModel }) {
  const { form, facts } = model;
  const listed = facts.models.value;
  const suggested = form.knownPreset.value?.models ?? [];
  const options: ComboboxOption[] =
    listed.length > 0
      ? listed.map(({ id, name }) => ({
          value: id,
          label: id,
          ...(name && name !== id ? { note: name } : {}),
        }))
      : suggested.map((id) => ({ value: id, label: id }));
  return (
    <div class="row">
      <label for="model">Model</label>
      <Combobox
        id="model"
        listLabel="Suggestions"
        freeText
        opensUp
        value={form.model.value}
        options={options}
        onValue={form.typeModel}
        describedBy="model-hint"
      />
      <p class="hint" id="model-hint">
        {listed.length > 0
          ? `${listed.length} ${listed.length === 1 ? 'name' : 'names'} listed by the server. Any other can be typed.`
          : 'Any name can be typed. The list comes from the server once it can be reached.'}
      </p>
    </div>
  );
}
