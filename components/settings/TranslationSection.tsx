import { useEffect } from 'preact/hooks';
import type { OptionsModel } from '../../lib/options/model.ts';
import { say, sayCount } from '../../lib/words/say.ts';
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
      <h2>{say('translation')}</h2>
      <p class="lead">{say('translationLead')}</p>
      <div class="row">
        <LabelLine id="target-language" note={note.value}>
          {say('intoLanguage')}
        </LabelLine>
        <Combobox
          id="target-language"
          listLabel={say('languages')}
          value={tag.value}
          options={languages}
          onValue={(value) => void choose(value)}
          describedBy="target-language-note"
        />
        <Problem model={model} place="language" />
      </div>
      <TextBox
        id="instruction"
        label={say('instructionFor', name)}
        rows={2}
        field={model.wishes.instruction}
        max={2000}
        hint={say('instructionHint')}
      />
      <TextBox
        id="glossary"
        label={say('glossaryFor', name)}
        rows={4}
        field={model.wishes.glossary}
        max={20_000}
        hint={say('glossaryHint')}
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
        label={say('requestsAtOnce')}
        field={model.atOnce}
        min={1}
        max={8}
        hint={say('requestsAtOnceHint')}
      />
      <NumberBox
        id="confirm-above"
        label={say('confirmAbove')}
        field={model.confirmAbove}
        max={1_000_000}
        step={1000}
        unit={say('tokensUnit')}
        hint={say('confirmAboveHint')}
      />
    </>
  );
}

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
          {say('clearKept')}
        </button>
        <span aria-live="polite">{kept.note.value}</span>
      </div>
      <p class="hint" id="kept">
        {isEmpty ? say('keptNone') : sayCount('kept', size.count, Math.ceil(size.chars / 1000))}
      </p>
    </div>
  );
}
