// How much of a block's text is selected: letters, white space aside.
import type { Classifier } from './classify.ts';
import type { CollectedSegment } from './collect.ts';
import { flatChildren, flatParent } from './flat.ts';

/** Sets `isMostOfBlock` of every segment. */
export function markWholeBlocks(segments: CollectedSegment[], classifier: Classifier): void {
  /** By element, how much of the text in it is selected; the text of a nested block counts for the blocks around it. */
  const selected = new Map<Element, number>();
  for (const { pieces, block } of segments) {
    const ink = pieces.flat().reduce((sum, { source }) => sum + inkOf(source), 0);
    for (let at: Element | null = block; at; at = flatParent(at)) {
      selected.set(at, (selected.get(at) ?? 0) + ink);
    }
  }
  const held = new Map<Element, number>();
  for (const segment of segments) {
    const { block } = segment;
    const whole = held.get(block) ?? inkIn(block, classifier);
    held.set(block, whole);
    segment.isMostOfBlock = (selected.get(block) ?? 0) * 2 > whole;
  }
}

function inkOf(text: string): number {
  return text.replace(/\s+/g, '').length;
}

/** The letters of an element that can be translated: not those of a form's controls, nor what is not seen. */
function inkIn(element: Element, classifier: Classifier): number {
  let sum = 0;
  for (const child of flatChildren(element)) {
    if (child instanceof Text) sum += inkOf(child.data);
    else if (child instanceof Element && /^(block|inline|through)$/.test(classifier.kindOf(child)))
      sum += inkIn(child, classifier);
  }
  return sum;
}
