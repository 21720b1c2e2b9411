// The footnotes of an answer: a list behind all of its blocks. Their numbers are the order in which their texts come, so that none ever changes.
import type { Note } from './extensions.ts';
import type { MarkdownOptions } from './options.ts';

export interface Notes {
  isKnown(label: string): boolean;
  /** A link to the footnote, or its label where there is nothing to link to yet. */
  createReference(label: string, raw: string): Node;
  /** Adds those that are new. */
  add(notes: readonly Note[]): Added[];
  /** Shows notes whose text is still coming in, in place of those shown before as that. */
  showOpen(notes: readonly Note[]): void;
}

export interface Added {
  /** As the lexer would name it if it were a link's. */
  label: string;
  note: Note;
  /** Shows the same note with other tokens. */
  redraw(note: Note): void;
}

const MAX_NOTES = 500;

/** Writes the blocks of a note. */
type Fill = (element: HTMLElement, note: Note) => void;

const nameOf = (label: string) => label.toLowerCase();

class NoteList implements Notes {
  private readonly numbers = new Map<string, number>();
  private readonly items: HTMLElement[] = [];
  private open: HTMLElement[] = [];
  private list: HTMLElement | undefined;
  /** The reference that was followed last, by number. */
  private readonly followed = new Map<number, HTMLElement>();

  private readonly root: HTMLElement;
  private readonly options: MarkdownOptions;
  private readonly fill: Fill;

  constructor(root: HTMLElement, options: MarkdownOptions, fill: Fill) {
    this.root = root;
    this.options = options;
    this.fill = fill;
  }

  isKnown(label: string): boolean {
    return this.numbers.has(nameOf(label));
  }

  createReference(label: string, raw: string): Node {
    const page = this.root.ownerDocument;
    const number = this.numbers.get(nameOf(label));
    // Something in brackets after a circumflex is more often itself: `[^abc]`.
    if (number === undefined && !/^\d{1,3}$/.test(label)) return page.createTextNode(raw);
    const mark = page.createElement('sup');
    mark.className = 'reference';
    if (number === undefined) mark.textContent = label;
    else mark.append(this.createLink(number));
    return mark;
  }

  private createLink(number: number): HTMLElement {
    const link = this.root.ownerDocument.createElement('a');
    link.setAttribute('href', `#${this.idOf(number)}`);
    link.dataset['note'] = String(number);
    link.setAttribute('aria-label', this.options.labels.note(number));
    link.textContent = String(number);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.followed.set(number, link);
      this.items[number - 1]?.focus();
    });
    return link;
  }

  private idOf(number: number): string {
    return `note-${this.options.name ?? 0}-${number}`;
  }

  private createBack(number: number): HTMLElement {
    const button = this.root.ownerDocument.createElement('button');
    button.type = 'button';
    button.className = 'back';
    button.textContent = '↩\ufe0e';
    button.title = this.options.labels.back(number);
    button.setAttribute('aria-label', this.options.labels.back(number));
    button.addEventListener('click', () => {
      const last = this.followed.get(number);
      const first = this.root.querySelector<HTMLElement>(`a[data-note="${number}"]`);
      (last?.isConnected ? last : first)?.focus();
    });
    return button;
  }

  private expectList(): HTMLElement {
    if (this.list) return this.list;
    const page = this.root.ownerDocument;
    const section = page.createElement('div');
    section.className = 'footnotes';
    section.setAttribute('role', 'group');
    section.setAttribute('aria-label', this.options.labels.notes);
    this.list = page.createElement('ol');
    section.append(this.list);
    this.root.append(section);
    return this.list;
  }

  private createItem(): HTMLElement {
    const item = this.root.ownerDocument.createElement('li');
    item.dir = 'auto';
    this.expectList().append(item);
    return item;
  }

  add(notes: readonly Note[]): Added[] {
    this.showOpen([]);
    const added: Added[] = [];
    for (const note of notes) {
      if (this.isKnown(note.label) || this.items.length >= MAX_NOTES) continue;
      const number = this.items.length + 1;
      this.numbers.set(nameOf(note.label), number);
      const item = this.createItem();
      item.id = this.idOf(number);
      item.tabIndex = -1;
      this.items.push(item);
      const redraw = (now: Note) => {
        item.replaceChildren();
        this.fill(item, now);
        item.append(' ', this.createBack(number));
      };
      redraw(note);
      added.push({ label: `^${nameOf(note.label)}`, note, redraw });
    }
    return added;
  }

  showOpen(notes: readonly Note[]): void {
    for (const item of this.open) item.remove();
    this.open = [];
    for (const note of notes.slice(0, MAX_NOTES)) {
      if (this.isKnown(note.label)) continue;
      const item = this.createItem();
      this.fill(item, note);
      this.open.push(item);
    }
    if (this.items.length + this.open.length > 0 || !this.list) return;
    this.list.parentElement?.remove();
    this.list = undefined;
  }
}

/** `root` holds the answer; the list of notes is always its last child. */
export function createNotes(root: HTMLElement, options: MarkdownOptions, fill: Fill): Notes {
  return new NoteList(root, options, fill);
}
