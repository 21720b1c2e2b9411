import type { OptionsModel } from '../../lib/options/model.ts';
import { Combobox } from './Combobox.tsx';
import { LabelLine } from './LabelLine.tsx';
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
        <LabelLine id="target-language" note={note.value}>
          Target language
        </LabelLine>
        <Combobox
          id="target-language"
          listLabel="Languages"
          value={tag.value}
          options={languages}
          onValue={(value) => void choose(value)}
          describedBy="target-language-note"
        />
        <Problem model={model} place="language" />
      </div>
    </section>
  );
}
