import type { OptionsModel } from '../../lib/options/model.ts';
import type { LeftAlone, Showing, Sites } from '../../lib/options/showing.ts';
import type { Settings } from '../../lib/settings/schema.ts';
import { Problem } from './Problem.tsx';
import { SelectBox } from './SelectBox.tsx';
import { findWrongLines } from './selectors.ts';
import { TextBox } from './TextBox.tsx';

export function PageSection({ model }: { model: OptionsModel }) {
  const { showing } = model;
  return (
    <section>
      <h2>In the page</h2>
      <p class="lead">How a translation stands in the page. Saved as soon as you change it.</p>
      <SelectBox
        id="show"
        label="Show translations"
        setting={showing.show}
        choices={ways}
        hint="A site can have a way of its own: choose it on the control beside a translation there."
      />
      <SiteList sites={showing.sites} />
      <HoverField showing={showing} />
      <LeftAloneField field={showing.leftAlone} />
      <Problem model={model} place="page" />
    </section>
  );
}

const ways: Record<Settings['show'], string> = {
  'in-place': 'In place',
  below: 'Below the original',
  bubble: 'In a box beside the selection',
};

function SiteList({ sites: { list, remove } }: { sites: Sites }) {
  if (list.value.length === 0) return null;
  return (
    <div class="row">
      <h3 id="sites">Sites with their own way</h3>
      <ul class="sites" aria-labelledby="sites">
        {list.value.map(([host, show]) => (
          <li key={host}>
            <div>
              <bdi>{host}</bdi>
              <span>{ways[show]}</span>
            </div>
            <button
              type="button"
              class="button quiet"
              aria-label={`Remove ${host}`}
              onClick={({ currentTarget }) => {
                const next = findNext(currentTarget);
                void remove(host).then(() => next?.focus());
              }}
            >
              Remove
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
        Show the original while the pointer rests on a translation
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
      label="Left alone"
      rows={6}
      field={field}
      max={2000}
      isCode
      hint="CSS selectors, a line each, of what is never translated."
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
        Reset to default
      </button>
    </TextBox>
  );
}

const listed = new Intl.ListFormat('en');

function wrongWords(lines: readonly number[]): { title: string; hint: string } {
  return lines.length === 1
    ? { title: `Line ${lines[0]} is not a CSS selector.`, hint: 'It has no effect.' }
    : {
        title: `Lines ${listed.format(lines.map(String))} are not CSS selectors.`,
        hint: 'They have no effect.',
      };
}
