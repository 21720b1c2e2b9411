import type { ComponentChildren } from 'preact';
import type { TextField } from '../../lib/options/wishes.ts';
import { directionOfBox } from '../../lib/words/box-direction.ts';
import { LabelLine } from './LabelLine.tsx';

export interface TextBoxProps {
  id: string;
  label: string;
  rows: number;
  field: TextField;
  max: number;
  hint: string;
  /** Not prose: written from left to right, and no dictionary knows its words. */
  isCode?: boolean;
  /** What is wrong with it, in a sentence, and what comes of that. */
  problem?: { title: string; hint: string } | undefined;
  /** What stands below. */
  children?: ComponentChildren;
}

/** A text that is saved when its field is left. */
export function TextBox({ id, label, rows, field, max, hint, isCode, problem, children }: TextBoxProps) {
  return (
    <div class="row">
      <LabelLine id={id} note={field.note.value}>
        {label}
      </LabelLine>
      <textarea
        id={id}
        class={isCode ? 'field code' : 'field'}
        dir={isCode ? 'ltr' : directionOfBox(field.text.value)}
        spellcheck={!isCode}
        rows={rows}
        maxLength={max}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem ${id}-hint` : `${id}-hint`}
        value={field.text.value}
        onInput={(event) => field.type(event.currentTarget.value)}
        onBlur={() => void field.commit()}
      />
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {problem && (
        <div class="problem" role="alert" id={`${id}-problem`}>
          <p class="problem-title">{problem.title}</p>
          <p>{problem.hint}</p>
        </div>
      )}
      {children}
    </div>
  );
}
