import type { SavedSetting } from '../../lib/options/saved-setting.ts';
import { Chevron } from './Chevron.tsx';
import { LabelLine } from './LabelLine.tsx';

export interface SelectBoxProps<T extends string> {
  id: string;
  label: string;
  setting: SavedSetting<T>;
  /** The words for each value, in the order in which they are offered. */
  choices: Record<T, string>;
  hint: string;
}

/** One of a few values, saved when it is chosen. */
export function SelectBox<T extends string>({ id, label, setting, choices, hint }: SelectBoxProps<T>) {
  return (
    <div class="row">
      <LabelLine id={id} note={setting.note.value}>
        {label}
      </LabelLine>
      <div class="select">
        <select
          id={id}
          class="field"
          aria-describedby={`${id}-hint`}
          value={setting.value.value}
          onChange={({ currentTarget }) => void setting.choose(currentTarget.value as T)}
        >
          {Object.entries<string>(choices).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <Chevron />
      </div>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
