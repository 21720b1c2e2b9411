// An element of an inert document → its text as a person would copy it: a line for a block, marks for headings, lists and table cells.

const HEADING = /^h([1-6])$/;
const BLOCK =
  /^(address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|header|hr|legend|main|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|ul)$/;
/** Followed and preceded by a blank line. */
const SPACED = /^(p|pre|blockquote|table|ul|ol|dl|figure|h[1-6]|section|article)$/;
const NO_TEXT = /^(script|style|noscript|template)$/;
const MAX_DEPTH = 300;

/** What is written is only ever appended to: looking back into a text that grows would make a long page slow. */
class Lines {
  private readonly parts: string[] = [];
  /** Line ends and white space that are written with what comes next, if anything does. */
  private breaks = 0;
  private hasSpace = false;

  get text(): string {
    return this.parts.join('');
  }

  /** At least `count` line ends before what comes next. */
  breakLine(count: number): void {
    this.breaks = Math.max(this.breaks, count);
    this.hasSpace = false;
  }

  /** Words, their white space collapsed. */
  add(words: string): void {
    const trimmed = words.trim();
    if (/^\s/.test(words)) this.hasSpace = true;
    if (trimmed === '') return;
    this.put(trimmed.replaceAll(/\s+/g, ' '));
    this.hasSpace = /\s$/.test(words);
  }

  /** Text as it is. */
  put(text: string): void {
    if (text === '') return;
    const isFirst = this.parts.length === 0;
    if (!isFirst && this.breaks > 0) this.parts.push('\n'.repeat(this.breaks));
    else if (!isFirst && this.hasSpace) this.parts.push(' ');
    this.breaks = 0;
    this.hasSpace = false;
    this.parts.push(text);
  }
}

export function blockText(root: Element): string {
  const lines = new Lines();
  write(root, lines, 0, false);
  return lines.text.trim();
}

function write(element: Element, lines: Lines, depth: number, isPre: boolean): void {
  const name = element.localName;
  if (depth > MAX_DEPTH || NO_TEXT.test(name)) return;
  const space = SPACED.test(name) && element.parentElement?.localName !== 'li' ? 2 : 1;
  const isBlock = BLOCK.test(name) || HEADING.test(name) || name === 'li' || name === 'tr';
  if (isBlock) lines.breakLine(space);
  if (name === 'br') lines.breakLine(1);
  lines.put(openingOf(element));
  for (const child of element.childNodes) {
    if (child.nodeType === 1) write(child as Element, lines, depth + 1, isPre || name === 'pre');
    else if (child.nodeType === 3) {
      if (isPre || name === 'pre') lines.put(child.nodeValue ?? '');
      else lines.add(child.nodeValue ?? '');
    }
  }
  if (isBlock) lines.breakLine(space);
}

function openingOf(element: Element): string {
  const name = element.localName;
  const level = HEADING.exec(name)?.[1];
  if (level) return `${'#'.repeat(Number(level))} `;
  if (name === 'td' || name === 'th') return element.previousElementSibling ? ' | ' : '';
  if (name !== 'li') return '';
  const list = element.parentElement;
  if (list?.localName !== 'ol') return '- ';
  return `${[...list.children].filter(({ localName }) => localName === 'li').indexOf(element) + 1}. `;
}
