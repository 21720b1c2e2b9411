// A text box with a list: for the model, where any text is allowed, and for the language, where one of the list is chosen.
import { useEffect, useRef } from 'preact/hooks';
import { Chevron } from './Chevron.tsx';
import type { ComboboxOption } from './match-options.ts';
import { type ComboboxInput, useCombobox } from './use-combobox.ts';

export interface ComboboxProps extends ComboboxInput {
  id: string;
  /** The list's own name; not the label of the box, so that the box is found by it alone. */
  listLabel: string;
  /** Opens above the box, where what is pressed next stands below it. */
  opensUp?: boolean;
  describedBy?: string;
}

export function Combobox(props: ComboboxProps) {
  const { id, freeText = false } = props;
  const { text, shown, expanded, active, choose, leave, type, press, toggle } = useCombobox(props);
  return (
    <div class={props.opensUp ? 'combobox opens-up' : 'combobox'}>
      <input
        id={id}
        class="field"
        type="text"
        role="combobox"
        aria-expanded={expanded}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={expanded && active >= 0 ? `${id}-option-${active}` : undefined}
        aria-describedby={props.describedBy}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        dir={freeText ? 'ltr' : undefined}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onClick={toggle}
        onFocus={(event) => {
          if (!freeText) event.currentTarget.select();
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (!event.isComposing && press(event.key)) event.preventDefault();
        }}
      />
      <Chevron />
      {expanded && (
        <List
          id={id}
          label={props.listLabel}
          options={shown}
          active={active}
          selected={props.value}
          onChoose={choose}
        />
      )}
    </div>
  );
}

interface ListProps {
  id: string;
  label: string;
  options: readonly ComboboxOption[];
  active: number;
  selected: string;
  onChoose(option: ComboboxOption): void;
}

// The focus stays in the box, which handles all keys; the list is for the eye, the pointer and, by aria-activedescendant, the ear.
function List({ id, label, options, active, selected, onChoose }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  const keepFocus = (event: Event): void => event.preventDefault();
  return (
    <div
      id={`${id}-list`}
      class="options"
      ref={list}
      role="listbox"
      aria-label={label}
      tabIndex={-1}
      onMouseDown={keepFocus}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the focus and handles the keys
        <div
          key={option.value}
          id={`${id}-option-${index}`}
          class={index === active ? 'option active' : 'option'}
          role="option"
          aria-selected={option.value === selected}
          tabIndex={-1}
          onClick={() => onChoose(option)}
        >
          <bdi lang={option.lang} dir={option.dir}>
            {option.label}
          </bdi>
          {option.note && <small>{option.note}</small>}
        </div>
      ))}
    </div>
  );
}
