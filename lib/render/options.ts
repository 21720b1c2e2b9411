/** What the markdown writer needs from whoever shows it: words in the reader's language, and a clipboard. */
export interface MarkdownOptions {
  labels: MarkdownLabels;
  copyText(text: string): Promise<void>;
  /** Tells this answer from others in the same document; part of ids. */
  name?: string;
  /** A formula as a node, or undefined where it stays as it is written, or comes later. */
  typeset?(tex: string, display: boolean): Node | undefined;
  /** Is given blocks that are final, once they are in the document. */
  finished?(elements: readonly HTMLElement[]): void;
}

export interface MarkdownLabels {
  copy: string;
  copied: string;
  /** Of a button that makes long lines of code wrap, and is pressed while they do. */
  wrap: string;
  image: string;
  seam?: string;
  /** The list of footnotes. */
  notes: string;
  note(number: number): string;
  /** Of a button behind a footnote that leads back to where it is named. */
  back(number: number): string;
}
