import { useEffect } from 'preact/hooks';
import type { OptionsModel } from '../../lib/options/model.ts';
import { type Measure, type ModelLine, PERIODS, type Period, type Usage } from '../../lib/options/usage.ts';
import { costWords, tokenWords, totalsLine } from '../../lib/usage/words.ts';
import { writeNumber } from '../../lib/words/formats.ts';
import { type MessageName, say } from '../../lib/words/say.ts';
import { Chevron } from './Chevron.tsx';
import { ConfirmButton } from './ConfirmButton.tsx';
import { Problem } from './Problem.tsx';
import { UsageChart } from './UsageChart.tsx';

const periods: Record<Period, MessageName> = {
  7: 'usageWeek',
  30: 'usageMonth',
  90: 'usageQuarter',
  365: 'usageYear',
};
const measures: [Measure, MessageName][] = [
  ['tokens', 'tokens'],
  ['cost', 'cost'],
  ['requests', 'requests'],
];

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
      <h2>{say('usage')}</h2>
      <p class="lead">{say('usageLead')}</p>
      <div class="usage-choices">
        <Choice
          id="usage-period"
          label={say('usagePeriod')}
          value={String(usage.period.value)}
          options={PERIODS.map((days) => [String(days), say(periods[days])])}
          onValue={(value) => void usage.choosePeriod(Number(value) as Period)}
        />
        <Choice
          id="usage-measure"
          label={say('usageShown')}
          value={usage.measure.value}
          options={measures.map(([measure, name]) => [measure, say(name)])}
          onValue={(value) => {
            usage.measure.value = value as Measure;
          }}
        />
      </div>
      {usage.isKnown.value && (
        <>
          <p data-part="usage-total" class="usage-total">
            {isEmpty ? say('usageNothing') : totalsLine(total)}
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
    <div class="usage-table" role="region" aria-label={say('usageByModel')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('model')}</th>
            <th scope="col">{say('usageFor')}</th>
            <th scope="col">{say('requests')}</th>
            <th scope="col">{say('tokensIn')}</th>
            <th scope="col">{say('tokensOut')}</th>
            <th scope="col">{say('cost')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.kind} ${line.host} ${line.model}`}>
              <th scope="row">
                <bdi>{line.model}</bdi>
                <small>{line.host}</small>
              </th>
              <td>{say(line.kind === 'chat' ? 'chat' : 'translation')}</td>
              <td>{writeNumber(line.requests)}</td>
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
        label={say('clearFigures')}
        question={say('clearFiguresAsk')}
        yes={say('clearFiguresYes')}
        disabled={isEmpty}
        onConfirm={() => void usage.clear()}
      />
      <span aria-live="polite">{usage.note.value}</span>
    </div>
  );
}
