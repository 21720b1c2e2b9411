// Puts colours into a figure of code that is final. Its text, its lines and so its size stay as they are.
import type { Run } from './highlight.ts';

export type FindRuns = (code: string, language: string) => Run[] | undefined;

// The highlighter takes some 1 ms for 1,000 characters, in one go.
const MAX_CHARS = 15_000;

function createRun(page: Document, { kind, text }: Run): Node {
  const node = page.createTextNode(text);
  if (kind === undefined) return node;
  const span = page.createElement('span');
  span.className = `hl-${kind}`;
  span.append(node);
  return span;
}

/** Takes runs off the front of `runs` until they make up `length` characters. */
function takeRuns(runs: Run[], length: number): Run[] {
  const taken: Run[] = [];
  for (let left = length; left > 0; ) {
    const [first] = runs;
    if (first === undefined) break;
    const text = first.text.slice(0, left);
    taken.push({ kind: first.kind, text });
    left -= text.length;
    if (text.length === first.text.length) runs.shift();
    else runs[0] = { kind: first.kind, text: first.text.slice(text.length) };
  }
  return taken;
}

/** Whether a figure is one that colours can be looked for in. */
export function mayBeColoured(figure: Element): boolean {
  const length = figure.querySelector('code')?.textContent.length ?? 0;
  const language = figure.querySelector('.language')?.textContent ?? '';
  return language !== '' && length > 0 && length <= MAX_CHARS;
}

/** Does nothing where the language is not known. */
export function colourFigure(figure: Element, findRuns: FindRuns): void {
  const code = figure.querySelector('code');
  const language = figure.querySelector('.language')?.textContent ?? '';
  if (code === null || !mayBeColoured(figure)) return;
  const runs = findRuns(code.textContent, language);
  if (runs === undefined) return;
  for (const box of code.children) {
    const fresh = takeRuns(runs, box.textContent.length).map((run) => createRun(figure.ownerDocument, run));
    box.replaceChildren(...fresh);
  }
}
