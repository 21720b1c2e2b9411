import type { OptionsModel } from '../../lib/options/model.ts';
import { Combobox } from './Combobox.tsx';
import type { ComboboxOption } from './match-options.ts';
import { Problem } from './Problem.tsx';

export function TranslationSection({
  model,
  languages,
}: {
  model: OptionsModel;
  languages: readonly ComboboxOption[];
}) {
  const { tag, note, choose } = model.language;
  return (
    <section>
      <h2>Translation</h2>
      <p class="lead">
        Selected text is written into the page in this language. Saved as soon as you choose.
      </p>
      <div class="row">
        <div class="label-line">
          <label for="target-language">Target language</label>
          <span id="language-note" aria-live="polite">
            {note.value}
          </span>
        </div>
        <Combobox
          id="target-language"
          listLabel="Languages"
          value={tag.value}
          options={languages}
          onValue={(value) => void choose(value)}
          describedBy="language-note"
        />
        <Problem model={model} place="language" />
      </div>
    </section>
  );
}
