// Links and footnotes that are named before they are defined: models define them at the end of an answer. A block that names one is drawn
// again when its definition has come; no other closed block ever is.

export interface LateLinks {
  /** A closed block whose text may name what is not defined yet; `redraw` shows it anew. */
  wait(text: string, redraw: () => void): void;
  /** These labels are defined now. */
  define(labels: readonly string[]): void;
}

const LABEL = /\[((?:\\.|[^\\[\]]){1,200})\]/g;
// What has more of them waits for the first ones only; all of this is held for as long as the answer is shown.
const MAX_LABELS_A_BLOCK = 64;
const MAX_BLOCKS_A_LABEL = 200;
const MAX_LABELS = 2000;
const FENCE = /^(?:`{3}|~{3})/;

/** As the lexer compares labels. */
function normalise(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** `isKnown`: whether a label is defined already. */
export function createLateLinks(isKnown: (label: string) => boolean): LateLinks {
  const waiting = new Map<string, (() => void)[]>();

  function findLabels(text: string): Set<string> {
    const labels = new Set<string>();
    for (const [, label = ''] of text.matchAll(LABEL)) {
      if (labels.size >= MAX_LABELS_A_BLOCK) break;
      const name = normalise(label);
      if (name !== '' && !isKnown(name)) labels.add(name);
    }
    return labels;
  }

  return {
    wait(text, redraw) {
      if (!text.includes('[') || FENCE.test(text)) return;
      for (const label of findLabels(text)) {
        const blocks = waiting.get(label) ?? [];
        if (blocks.length === 0 && waiting.size >= MAX_LABELS) return;
        if (blocks.length < MAX_BLOCKS_A_LABEL) waiting.set(label, [...blocks, redraw]);
      }
    },
    define(labels) {
      const again = new Set<() => void>();
      for (const label of labels.map(normalise)) {
        for (const redraw of waiting.get(label) ?? []) again.add(redraw);
        waiting.delete(label);
      }
      for (const redraw of again) redraw();
    },
  };
}
