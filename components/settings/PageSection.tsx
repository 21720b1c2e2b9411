import type { OptionsModel } from '../../lib/options/model.ts';
import type { LeftAlone, Showing, Sites } from '../../lib/options/showing.ts';
import type { Settings } from '../../lib/settings/schema.ts';
import { type MessageName, say, sayCount, wordsLanguage } from '../../lib/words/say.ts';
import { Problem } from './Problem.tsx';
import { SelectBox } from './SelectBox.tsx';
import { findWrongLines } from './selectors.ts';
import { TextBox } from './TextBox.tsx';

export function PageSection({ model }: { model: OptionsModel }) {
  const { showing } = model;
  return (
    <section>
      <h2>{say('inThePage')}</h2>
      <p class="lead">{say('inThePageLead')}</p>
      <SelectBox
        id="show"
        label={say('showTranslations')}
        setting={showing.show}
        choices={waysInWords()}
        hint={say('showTranslationsHint')}
      />
      <SiteList sites={showing.sites} />
      <HoverField showing={showing} />
      <LeftAloneField field={showing.leftAlone} />
      <Problem model={model} place="page" />
    </section>
  );
}

const ways: Record<Settings['show'], MessageName> = {
  'in-place': 'do_in_place',
  below: 'do_below',
  bubble: 'inBoxBeside',
};

function waysInWords(): Record<Settings['show'], string> {
  return { 'in-place': say(ways['in-place']), below: say(ways.below), bubble: say(ways.bubble) };
}

function SiteList({ sites: { list, remove } }: { sites: Sites }) {
  if (list.value.length === 0) return null;
  return (
    <div class="row">
      <h3 id="sites">{say('sitesWithOwnWay')}</h3>
      <ul class="sites" aria-labelledby="sites">
        {list.value.map(([host, show]) => (
          <li key={host}>
            <div>
              <bdi>{host}</bdi>
              <span>{say(ways[show])}</span>
            </div>
            <button
              type="button"
              class="button quiet"
              aria-label={say('removeNamed', host)}
              onClick={({ currentTarget }) => {
                const next = findNext(currentTarget);
                void remove(host).then(() => next?.focus());
              }}
            >
              {say('remove')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where the focus goes when its row is gone: to another row's button, or to the field above. */
function findNext(button: HTMLElement): HTMLElement | null {
  const row = button.closest('li');
  const other = row?.nextElementSibling ?? row?.previousElementSibling;
  return other?.querySelector('button') ?? document.getElementById('show');
}

function HoverField({ showing: { onHover } }: { showing: Showing }) {
  return (
    <div class="row label-line">
      <label class="check">
        <input
          type="checkbox"
          checked={onHover.value.value ?? false}
          onChange={({ currentTarget }) => void onHover.choose(currentTarget.checked)}
        />
        {say('showOnHover')}
      </label>
      <span aria-live="polite">{onHover.note.value}</span>
    </div>
  );
}

function LeftAloneField({ field }: { field: LeftAlone }) {
  // What is half typed is no selector yet.
  const wrong = field.isDraft.value ? [] : findWrongLines(field.text.value);
  return (
    <TextBox
      id="left-alone"
      label={say('leftAlone')}
      rows={6}
      field={field}
      max={2000}
      isCode
      hint={say('leftAloneHint')}
      problem={wrong.length > 0 ? wrongWords(wrong) : undefined}
    >
      <button
        type="button"
        class="button quiet"
        aria-disabled={field.reset.idle.value}
        // Without this, the field that is left would be saved first.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => void field.reset.press()}
      >
        {say('resetToDefault')}
      </button>
    </TextBox>
  );
}

function wrongWords(lines: readonly number[]): { title: string; hint: string } {
  const listed = new Intl.ListFormat(wordsLanguage()).format(lines.map(String));
  return { title: sayCount('wrongLines', lines.length, listed), hint: say('wrongLinesHint') };
}
