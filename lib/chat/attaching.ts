// Reading what is to go along with a question. Each function rejects with a sentence for a person where it cannot.
import type { Signal } from '@preact/signals';
import type { Pages } from '../context/page-types.ts';
import type { ContextPart, TurnImage } from '../protocol/attachments.ts';

export interface AttachingDeps {
  /** Loaded when they are first needed. */
  pages(): Promise<Pages>;
  /** Tokens of a page that are sent at most. */
  pageTokens(): number;
  /** Whether the model sees images; undefined where nobody says. */
  seesImages(): Promise<boolean | undefined>;
  /** The model's name, for words. */
  model(): string;
  /** Says something that is worth a line. */
  note: Signal<string>;
}

export async function readFile(deps: AttachingDeps, file: File): Promise<TurnImage | ContextPart> {
  const isImage = file.type.startsWith('image/') && file.type !== 'image/svg+xml';
  const read = isImage ? await readSeen(deps, file) : await readText(file);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

async function readText(file: File): Promise<ContextPart | string> {
  const { readTextFile } = await import('../context/read-text-file.ts');
  return readTextFile(file);
}

/** An image, where the model may see it. */
async function readSeen(deps: AttachingDeps, file: File): Promise<TurnImage | string> {
  const sees = await deps.seesImages();
  if (sees === false) return `${deps.model()} does not see images. Choose a model that does.`;
  const { readImage } = await import('../context/read-image.ts');
  const read = await readImage(file);
  if (sees === undefined) deps.note.value = `It is not known whether ${deps.model()} sees images.`;
  return read;
}

/** The page of a tab, of the one in front where none is named. */
export async function readTab(deps: AttachingDeps, tabId: number | undefined): Promise<ContextPart> {
  const [pages, { readPage }] = await Promise.all([deps.pages(), import('../context/read-page.ts')]);
  const tab = tabId === undefined ? await pages.current() : { id: tabId, url: '' };
  if (!tab) throw new Error('There is no tab to read.');
  return readPage(pages, tab, tabId === undefined ? 'page' : 'tab', deps.pageTokens());
}
