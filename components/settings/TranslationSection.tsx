import { useEffect } from 'preact/hooks';
import type { OptionsModel } from '../../lib/options/model.ts';
import { Combobox } from './Combobox.tsx';
import { LabelLine } from './LabelLine.tsx';
import type { ComboboxOption } from './match-options.ts';
import { NumberBox } from './NumberBox.tsx';
import { Problem } from './Problem.tsx';
import { TextBox } from './TextBox.tsx';

export function TranslationSection({
  model,
  languages,
}: {
  model: OptionsModel;
  languages: readonly ComboboxOption[];
}) {
  const { tag, note, choose } = model.language;
  const name = languages.find(({ value }) => value === tag.value)?.label ?? tag.value;
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
      <TextBox
        id="instruction"
        label={`Instruction for ${name}`}
        rows={2}
        field={model.wishes.instruction}
        max={2000}
        hint="Tone, form of address, domain: “formal, medical”. Sent with every translation into this language."
      />
      <TextBox
        id="glossary"
        label={`Glossary for ${name}`}
        rows={4}
        field={model.wishes.glossary}
        max={20_000}
        hint="A line each: “term = translation”, or a term alone that is kept as it is. Only terms that occur are sent."
      />
      <Amounts model={model} />
      <Kept model={model} />
    </section>
  );
}

function Amounts({ model }: { model: OptionsModel }) {
  return (
    <>
      <NumberBox
        id="at-once"
        label="Requests at once"
        field={model.atOnce}
        min={1}
        max={8}
        hint="Of one page, from 1 to 8. A server of your own may want 1."
      />
      <NumberBox
        id="confirm-above"
        label="Ask before more than"
        field={model.confirmAbove}
        max={1_000_000}
        step={1000}
        unit="tokens"
        hint="A longer translation shows what it takes, about, and waits for your yes. 0 never asks."
      />
    </>
  );
}

const counts = new Intl.NumberFormat('en');

function Kept({ model: { kept } }: { model: OptionsModel }) {
  useEffect(() => void kept.load(), [kept]);
  const size = kept.size.value;
  if (!size) return null;
  const isEmpty = size.count === 0;
  return (
    <div class="row">
      <div class="label-line">
        <button
          type="button"
          class="button"
          aria-describedby="kept"
          aria-disabled={isEmpty}
          onClick={() => !isEmpty && void kept.forget()}
        >
          Clear kept translations
        </button>
        <span aria-live="polite">{kept.note.value}</span>
      </div>
      <p class="hint" id="kept">
        {isEmpty
          ? 'No translations are kept.'
          : `${counts.format(size.count)} translated ${size.count === 1 ? 'text is' : 'texts are'} kept (${counts.format(Math.ceil(size.chars / 1000))} kB), so that a second time costs nothing.`}
      </p>
    </div>
  );
}
