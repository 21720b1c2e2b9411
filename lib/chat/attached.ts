// What goes along with the question that is being written: images, and text of pages, selections and files.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { estimateTokens } from '../engine/stats.ts';
import {
  type Attachments,
  attachmentsOf,
  type ContextPart,
  MAX_IMAGES,
  MAX_PARTS,
  type TurnImage,
} from '../protocol/attachments.ts';
import type { AttachedStore } from './attached-store.ts';
import type { AttachingDeps } from './attaching.ts';

interface AttachedDeps extends AttachingDeps {
  /** Whether anything of the conversation on screen may be stored. */
  isKept(): boolean;
}

/** How things are added is loaded when the first of them is. */
const loadAttaching = () => import('./attaching.ts');

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
  private readonly store: AttachedStore;
  private readonly others = new Map<string, Attachments>();
  private id: string | undefined;

  constructor(deps: AttachedDeps, store: AttachedStore) {
    this.deps = deps;
    this.store = store;
  }

  /** Another conversation is on screen: it has its own. What was added before one was known belongs to the first. */
  moveTo(conversationId: string): void {
    const before = this.id;
    if (conversationId === before) return;
    const early = this.all();
    this.id = conversationId;
    if (before !== undefined) this.others.set(before, early);
    const known = this.others.get(conversationId) ?? this.store.read(conversationId);
    this.show(before === undefined && Object.keys(early).length > 0 ? early : known);
  }

  /** Another view has changed what goes along here. */
  readonly adopt = (conversationId: string): void => {
    this.others.delete(conversationId);
    if (conversationId === this.id) this.show(this.store.read(conversationId));
  };

  /** Hands everything over to the question that is sent. */
  take(): Attachments {
    const all = this.all();
    this.show({});
    this.keep();
    return all;
  }

  /** Puts back what a question that was not sent had. */
  giveBack(attachments: Attachments): void {
    this.show(attachmentsOf(attachments));
    this.keep();
  }

  remove(item: TurnImage | ContextPart): void {
    this.images.value = this.images.value.filter((image) => image !== item);
    this.context.value = this.context.value.filter((part) => part !== item);
    this.keep();
  }

  /** Images and text files; what is neither is refused in words. */
  async addFiles(files: readonly File[]): Promise<void> {
    await Promise.all(
      files.map((file) => this.whileReading(async () => (await loadAttaching()).readFile(this.deps, file))),
    );
  }

  addSelection(selected: string): void {
    const text = selected.trim();
    this.add({ kind: 'selection', title: text.slice(0, 60).replaceAll(/\s+/g, ' '), text });
  }

  /** The readable text of a tab's page, of the one in front where none is named. Resolves with whether there is any. */
  addPage(tabId?: number): Promise<boolean> {
    return this.whileReading(async () => (await loadAttaching()).readTab(this.deps, tabId));
  }

  /** The same page or file again takes the place of what was there. @throws Error with words where there is no room */
  private add(item: TurnImage | ContextPart): void {
    const { images, context } = this;
    if ('width' in item) images.value = withRoom(images.value, item, MAX_IMAGES, 'images');
    else {
      const others = context.value.filter((other) => !isSame(item, other));
      context.value = withRoom(others, item, MAX_PARTS, 'texts');
    }
    this.keep();
  }

  private all(): Attachments {
    return attachmentsOf({ images: this.images.peek(), context: this.context.peek() });
  }

  private show({ images = [], context = [] }: Attachments): void {
    this.images.value = images;
    this.context.value = context;
  }

  private keep(): void {
    if (this.id !== undefined && this.deps.isKept()) this.store.write(this.id, this.all());
  }

  /** What was read belongs to the conversation that was on screen when it was asked for; where that is another one by now, it is not wanted any more. */
  private async whileReading(read: () => Promise<TurnImage | ContextPart>): Promise<boolean> {
    const { id } = this;
    this.deps.note.value = '';
    this.reading.value++;
    try {
      const item = await read();
      if (id === undefined || id === this.id) this.add(item);
      return true;
    } catch (error) {
      this.deps.note.value = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      this.reading.value--;
    }
  }
}

function withRoom<T>(items: readonly T[], item: T, most: number, name: string): T[] {
  if (items.length >= most) throw new Error(`A question has at most ${most} ${name}.`);
  return [...items, item];
}

function isSame(a: Pick<ContextPart, 'kind' | 'title' | 'url'>, b: typeof a): boolean {
  return a.kind === b.kind && a.title === b.title && a.url === b.url;
}
