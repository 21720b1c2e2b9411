/** What the markdown writer needs from whoever shows it: words in the reader's language, and a clipboard. */
export interface MarkdownOptions {
  labels: { copy: string; copied: string; image: string; seam?: string };
  copyText(text: string): Promise<void>;
}
