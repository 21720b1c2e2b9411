// What goes along with the question that is being written: images, and text of pages, selections and files.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Pages } from '../context/page-types.ts';
import { estimateTokens } from '../engine/stats.ts';
import {
  type Attachments,
  attachmentsOf,
  type ContextPart,
  MAX_IMAGES,
  MAX_PARTS,
  type TurnImage,
} from '../protocol/attachments.ts';

interface AttachedDeps {
  /** Loaded when it is first needed. */
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

const NO_ROOM_FOR_IMAGES = `A question has at most ${MAX_IMAGES} images.`;
const NO_ROOM = `A question has at most ${MAX_PARTS} texts.`;

export class Attached {
  readonly images: Signal<TurnImage[]> = signal([]);
  readonly context: Signal<ContextPart[]> = signal([]);
  /** How many files or pages are being read. */
  readonly reading: Signal<number> = signal(0);
  /** About how many tokens the texts have. */
  readonly tokens: ReadonlySignal<number> = computed(() =>
    this.context.value.reduce((sum, { text }) => sum + estimateTokens(text), 0),
  );
  readonly isEmpty: ReadonlySignal<boolean> = computed(
    () => this.images.value.length === 0 && this.context.value.length === 0,
  );
  private readonly deps: AttachedDeps;
  private readonly others = new Map<string, Attachments>();
  private id: string | undefined;

  constructor(deps: AttachedDeps) {
    this.deps = deps;
  }

  /** Another conversation is on screen: it has its own. What was added before one was known belongs to the first. */
  moveTo(conversationId: string): void {
    if (conversationId === this.id) return;
    if (this.id !== undefined) {
      this.others.set(this.id, attachmentsOf(this.all()));
      this.put(this.others.get(conversationId) ?? {});
    }
    this.id = conversationId;
  }

  /** Hands everything over to the question that is sent. */
  take(): Attachments {
    const all = attachmentsOf(this.all());
    this.put({});
    return all;
  }

  /** Puts back what a question that was not sent had. */
  giveBack({ images = [], context = [] }: Attachments): void {
    this.images.value = [...images, ...this.images.value].slice(0, MAX_IMAGES);
    this.context.value = [...context, ...this.context.value].slice(0, MAX_PARTS);
  }

  remove(item: TurnImage | ContextPart): void {
    this.images.value = this.images.value.filter((image) => image !== item);
    this.context.value = this.context.value.filter((part) => part !== item);
  }

  /** Images and text files; what is neither is refused in words. */
  async addFiles(files: readonly File[]): Promise<void> {
    this.deps.note.value = '';
    await Promise.all(files.map((file) => this.whileReading(() => this.addFile(file))));
  }

  addSelection(text: string): void {
    const words = text.trim().replaceAll(/\s+/g, ' ');
    this.addPart({ kind: 'selection', title: words.slice(0, 60), text: text.trim() });
  }

  /** The readable text of a tab's page, of the one in front where none is named. Resolves with whether there is any. */
  addPage(tabId?: number): Promise<boolean> {
    this.deps.note.value = '';
    return this.whileReading(async () => {
      const [pages, { readPage }] = await Promise.all([this.deps.pages(), import('../context/read-page.ts')]);
      const id = tabId ?? (await pages.current())?.id;
      if (id === undefined) return;
      this.addPart(await readPage(pages, id, tabId === undefined ? 'page' : 'tab', this.deps.pageTokens()));
    });
  }

  private async addFile(file: File): Promise<void> {
    const isImage = file.type.startsWith('image/') && file.type !== 'image/svg+xml';
    if (isImage) return this.addImage(file);
    const { readTextFile } = await import('../context/read-text-file.ts');
    const read = await readTextFile(file);
    if (typeof read === 'string') throw new Error(read);
    this.addPart(read);
  }

  private async addImage(file: File): Promise<void> {
    const sees = await this.deps.seesImages();
    if (sees === false)
      throw new Error(`${this.deps.model()} does not see images. Choose a model that does.`);
    const { readImage } = await import('../context/read-image.ts');
    const read = await readImage(file);
    if (typeof read === 'string') throw new Error(read);
    if (this.images.value.length >= MAX_IMAGES) throw new Error(NO_ROOM_FOR_IMAGES);
    this.images.value = [...this.images.value, read];
    if (sees === undefined)
      this.deps.note.value = `It is not known whether ${this.deps.model()} sees images.`;
  }

  /** The same page or file again takes the place of what was there. */
  private addPart(part: ContextPart): void {
    const isSame = ({ kind, title, url }: ContextPart) =>
      kind === part.kind && title === part.title && url === part.url;
    const others = this.context.value.filter((other) => !isSame(other));
    if (others.length >= MAX_PARTS) this.deps.note.value = NO_ROOM;
    else this.context.value = [...others, part];
  }

  private async whileReading(read: () => Promise<void>): Promise<boolean> {
    const id = this.id;
    this.reading.value++;
    try {
      await read();
      return true;
    } catch (error) {
      if (this.id === id) this.deps.note.value = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      this.reading.value--;
    }
  }

  private all(): Required<Attachments> {
    return { images: this.images.peek(), context: this.context.peek() };
  }

  private put({ images = [], context = [] }: Attachments): void {
    this.images.value = images;
    this.context.value = context;
  }
}
