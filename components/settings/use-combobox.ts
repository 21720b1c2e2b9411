// What a combobox does: which options are shown, which one is active, what a key means. The view only draws it.
import { useState } from 'preact/hooks';
import { type ComboboxOption, findExact, matchOptions } from './match-options.ts';

export interface ComboboxInput {
  value: string;
  options: readonly ComboboxOption[];
  /** Any text may be typed and is handed on as it is typed; otherwise only an option can be chosen. */
  freeText?: boolean;
  onValue(value: string): void;
}

interface Popup {
  open: boolean;
  /** What was typed since the list opened; null shows every option. */
  query: string | null;
  /** Index of the active option; -1 for none. */
  active: number;
}

const CLOSED: Popup = { open: false, query: null, active: -1 };

export function useCombobox({ value, options, freeText = false, onValue }: ComboboxInput) {
  const [{ open, query, active }, setPopup] = useState(CLOSED);
  const shown = query === null ? options : matchOptions(options, query);
  const expanded = open && shown.length > 0;
  const label = options.find((option) => option.value === value)?.label ?? value;

  const hide = (): void => setPopup(CLOSED);
  const show = (): void =>
    setPopup({ open: true, query: null, active: options.findIndex((option) => option.value === value) });
  const choose = (option: ComboboxOption): void => {
    onValue(option.value);
    hide();
  };
  /** Leaving after typing a name to its end chooses it; anything else typed is dropped. */
  const leave = (): void => {
    const exact = query !== null && !freeText ? findExact(options, query) : undefined;
    if (exact) choose(exact);
    else hide();
  };
  const move = (step: 1 | -1): void => {
    const from = active < 0 && step < 0 ? shown.length : active;
    if (expanded) setPopup({ open, query, active: (from + step + shown.length) % shown.length });
    else show();
  };
  const type = (text: string): void => {
    // A name typed to its end needs no list over what stands beside it; where only the list counts, its best match is one Enter away.
    const open = !freeText || !findExact(options, text);
    setPopup({ open, query: text, active: freeText || text === '' ? -1 : 0 });
    if (freeText) onValue(text);
  };
  /** Whether the key was used up. */
  const press = (key: string): boolean => {
    const option = expanded ? shown[active] : undefined;
    if (key === 'ArrowDown' || key === 'ArrowUp') move(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' && option) choose(option);
    else if (key === 'Enter' && !freeText) leave();
    else if (key === 'Escape' && (open || query !== null)) hide();
    else return false;
    return true;
  };

  return {
    text: freeText ? value : (query ?? label),
    shown,
    expanded,
    active,
    choose,
    leave,
    type,
    press,
    toggle: () => (expanded ? hide() : show()),
  };
}
