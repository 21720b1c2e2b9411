// Which options of a combobox fit what was typed, best first.

export interface ComboboxOption {
  value: string;
  label: string;
  /** A second name, shown quietly and found too. */
  note?: string;
  /** Language tag and direction of the label, where it is not in the language of the page. */
  lang?: string;
  dir?: 'ltr' | 'rtl';
}

/** Options whose value, label or note contains `query`; those that equal it first, then those that begin with it. Order is kept otherwise. */
export function matchOptions(options: readonly ComboboxOption[], query: string): ComboboxOption[] {
  const wanted = plain(query);
  if (wanted === '') return [...options];
  const ranked = options.map((option) => ({ option, rank: rankOf(option, wanted) }));
  return ranked
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ option }) => option);
}

/** The option that is exactly what was typed, by value, label or note. */
export function findExact(options: readonly ComboboxOption[], query: string): ComboboxOption | undefined {
  const wanted = plain(query);
  return options.find((option) => rankOf(option, wanted) === 0);
}

function rankOf({ value, label, note }: ComboboxOption, wanted: string): number {
  const names = [plain(value), plain(label), plain(note ?? '')];
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  return names.some((name) => name.includes(wanted)) ? 2 : 3;
}

/** Without case and accents: "espanol" finds "Español". */
function plain(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
