// Adding to what goes along with a question. What cannot be added is said in words for a person.
import type { Signal } from '@preact/signals';
import type { Pages } from '../context/page-types.ts';
import { type ContextPart, MAX_IMAGES, MAX_PARTS, type TurnImage } from '../protocol/attachments.ts';
import { say } from '../words/say.ts';
import type { Attached } from './attached.ts';

export interface AttachingDeps {
  attached: Attached;
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

/** Images and text files; what is neither is refused. */
export async function addFiles(deps: AttachingDeps, files: readonly File[]): Promise<void> {
  await Promise.all(files.map((file) => add(deps, () => readFile(deps, file))));
}

export async function addSelection(deps: AttachingDeps, selected: string): Promise<void> {
  const text = selected.trim();
  const title = text.slice(0, 60).replaceAll(/\s+/g, ' ');
  await add(deps, async () => ({ kind: 'selection', title, text }));
}

/** The readable text of a tab's page, of the one in front where none is named. Resolves with whether there is any. */
export function addPage(deps: AttachingDeps, tabId?: number): Promise<boolean> {
  return add(deps, () => readTab(deps, tabId));
}

/** What was read belongs to the conversation that was on screen when it was asked for; where that is another one by now, it is not wanted any more. */
async function add(
  { attached, note }: AttachingDeps,
  read: () => Promise<TurnImage | ContextPart>,
): Promise<boolean> {
  const { id } = attached;
  note.value = '';
  attached.reading.value++;
  try {
    const item = await read();
    if (id === undefined || id === attached.id) place(attached, item);
    return true;
  } catch (error) {
    note.value = error instanceof Error ? error.message : String(error);
    return false;
  } finally {
    attached.reading.value--;
  }
}

/** The same page or file again takes the place of what was there. @throws Error with words where there is no room */
function place(attached: Attached, item: TurnImage | ContextPart): void {
  const { images, context } = attached;
  if ('width' in item) images.value = withRoom(images.value, item, MAX_IMAGES, 'mostImages');
  else {
    const isSame = ({ kind, title, url }: ContextPart) =>
      kind === item.kind && title === item.title && url === item.url;
    const others = context.value.filter((other) => !isSame(other));
    context.value = withRoom(others, item, MAX_PARTS, 'mostTexts');
  }
  attached.keep();
}

function withRoom<T>(items: readonly T[], item: T, most: number, why: 'mostImages' | 'mostTexts'): T[] {
  if (items.length >= most) throw new Error(say(why, most));
  return [...items, item];
}

async function readFile(deps: AttachingDeps, file: File): Promise<TurnImage | ContextPart> {
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
  if (sees === false) return say('seesNoImages', deps.model());
  const { readImage } = await import('../context/read-image.ts');
  const read = await readImage(file);
  if (sees === undefined) deps.note.value = say('maySeeImages', deps.model());
  return read;
}

/** The page of a tab, of the one in front where none is named. */
async function readTab(deps: AttachingDeps, tabId: number | undefined): Promise<ContextPart> {
  const [pages, { readPage }] = await Promise.all([deps.pages(), import('../context/read-page.ts')]);
  const tab = tabId === undefined ? await pages.current() : { id: tabId, url: '' };
  if (!tab) throw new Error(say('noTab'));
  return readPage(pages, tab, tabId === undefined ? 'page' : 'tab', deps.pageTokens());
}
