import { useEffect } from 'preact/hooks';
import type { OptionsModel } from '../../lib/options/model.ts';
import { type Measure, type ModelLine, PERIODS, type Period, type Usage } from '../../lib/options/usage.ts';
import { costWords, tokenWords, totalsLine } from '../../lib/usage/words.ts';
import { Chevron } from './Chevron.tsx';
import { ConfirmButton } from './ConfirmButton.tsx';
import { Problem } from './Problem.tsx';
import { UsageChart } from './UsageChart.tsx';

const periods: Record<Period, string> = {
  7: 'The last 7 days',
  30: 'The last 30 days',
  90: 'The last 90 days',
  365: 'The last year',
};
const measures: Record<Measure, string> = { tokens: 'Tokens', cost: 'Cost', requests: 'Requests' };

export function UsageSection({ model }: { model: OptionsModel }) {
  const { usage } = model;
  useEffect(() => {
    const refresh = () => void usage.load();
    refresh();
    // What was asked in a popup meanwhile.
    addEventListener('focus', refresh);
    return () => removeEventListener('focus', refresh);
  }, [usage]);
  const total = usage.total.value;
  const isEmpty = total.requests === 0;
  return (
    <section>
      <h2>Usage</h2>
      <p class="lead">
        Counted in this browser, and told to nobody. Tokens are those the server reported; a tilde (~) stands
        before sums with estimates. Cost is known where the server lists prices; a plus (+) says that some are
        missing.
      </p>
      <div class="usage-choices">
        <Choice
          id="usage-period"
          label="Period"
          value={String(usage.period.value)}
          options={periodOptions}
          onValue={(value) => void usage.choosePeriod(Number(value) as Period)}
        />
        <Choice
          id="usage-measure"
          label="Shown"
          value={usage.measure.value}
          options={Object.entries(measures)}
          onValue={(value) => {
            usage.measure.value = value as Measure;
          }}
        />
      </div>
      {usage.isKnown.value && (
        <>
          <p data-part="usage-total" class="usage-total">
            {isEmpty ? 'Nothing was asked in this time.' : totalsLine(total)}
          </p>
          {!isEmpty && <UsageChart bars={usage.bars.value} measure={usage.measure.value} />}
          {!isEmpty && <ModelTable lines={usage.lines.value} />}
        </>
      )}
      <Clear usage={usage} isEmpty={isEmpty} />
      <Problem model={model} place="usage" />
    </section>
  );
}

const periodOptions = PERIODS.map((days) => [String(days), periods[days]] as const);

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onValue: (value: string) => void;
}

function Choice({ id, label, value, options, onValue }: ChoiceProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      <div class="select">
        <select
          id={id}
          class="field"
          value={value}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        >
          {options.map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
        <Chevron />
      </div>
    </div>
  );
}

function ModelTable({ lines }: { lines: readonly ModelLine[] }) {
  return (
    // A table that is wider than the page is moved by the keyboard, too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    // biome-ignore lint/a11y/useSemanticElements: a region of a section
    <div class="usage-table" role="region" aria-label="Usage by model" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">For</th>
            <th scope="col">Requests</th>
            <th scope="col">Tokens in</th>
            <th scope="col">Tokens out</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.kind} ${line.host} ${line.model}`}>
              <th scope="row">
                <bdi>{line.model}</bdi>
                <small>{line.host}</small>
              </th>
              <td>{line.kind === 'chat' ? 'Chat' : 'Translation'}</td>
              <td>{line.requests.toLocaleString('en')}</td>
              <td>{tokenWords(line, line.input)}</td>
              <td>{tokenWords(line, line.output)}</td>
              <td>{costWords(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Clear({ usage, isEmpty }: { usage: Usage; isEmpty: boolean }) {
  return (
    <div class="label-line">
      <ConfirmButton
        label="Clear figures"
        question="Clear the figures of all days?"
        yes="Yes, clear"
        disabled={isEmpty}
        onConfirm={() => void usage.clear()}
      />
      <span aria-live="polite">{usage.note.value}</span>
    </div>
  );
}
