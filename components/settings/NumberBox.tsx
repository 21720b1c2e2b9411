import type { NumberField } from '../../lib/options/number-field.ts';
import { LabelLine } from './LabelLine.tsx';

export interface NumberBoxProps {
  id: string;
  label: string;
  field: NumberField;
  min?: number;
  max: number;
  hint: string;
  /** What the number counts, where its label does not say it. */
  unit?: string;
  /** Of the arrows; what is typed may lie between. */
  step?: number;
}

/** A number that is saved when its field is left, on Enter and by the browser's own steps; what is wrong with it is said below it. */
export function NumberBox({ id, label, field, min = 0, max, hint, unit, step = 1 }: NumberBoxProps) {
  const problem = field.problem.value;
  const described = [unit && `${id}-unit`, problem && `${id}-problem`, `${id}-hint`]
    .filter(Boolean)
    .join(' ');
  return (
    <div class="row">
      <LabelLine id={id} note={field.note.value}>
        {label}
      </LabelLine>
      <div class="number">
        <input
          id={id}
          class="field"
          type="number"
          inputMode="decimal"
          min={min}
          max={max}
          step={step}
          autocomplete="off"
          aria-invalid={problem !== null}
          aria-describedby={described}
          value={field.text.value}
          onInput={(event) => field.type(event.currentTarget.value)}
          onChange={() => void field.commit()}
          // No change is reported where the text came back to what it was.
          onBlur={() => void field.commit()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') field.revert();
          }}
        />
        {unit && <span id={`${id}-unit`}>{unit}</span>}
      </div>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {problem && (
        <div class="problem" role="alert" id={`${id}-problem`}>
          <p class="problem-title">{problem.title}</p>
          <p>{problem.hint}</p>
        </div>
      )}
    </div>
  );
}
