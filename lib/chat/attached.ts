// What goes along with the question that is being written: images, and text of pages, selections and files.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import {
  type Attachments,
  attachmentsOf,
  type ContextPart,
  MAX_IMAGES,
  MAX_PARTS,
  type TurnImage,
} from '../protocol/attachments.ts';
import type { AttachedStore } from './attached-store.ts';

export class Attached {
  readonly images: Signal<TurnImage[]> = signal([]);
  readonly context: Signal<ContextPart[]> = signal([]);
  /** How many files or pages are being read. */
  readonly reading: Signal<number> = signal(0);
  readonly isEmpty: ReadonlySignal<boolean> = computed(
    () => this.images.value.length === 0 && this.context.value.length === 0,
  );
  private readonly isKept: () => boolean;
  private readonly store: AttachedStore;
  private readonly others = new Map<string, Attachments>();
  /** The conversation on screen; undefined until one is known. */
  id: string | undefined;

  /** `isKept`: whether anything of the conversation on screen may be stored. */
  constructor(store: AttachedStore, isKept: () => boolean) {
    this.store = store;
    this.isKept = isKept;
  }

  /** Another conversation was asked for: what is added from now on is for that one. */
  leave(): void {
    if (this.id === undefined) return;
    this.others.set(this.id, this.all());
    this.id = undefined;
    this.show({});
  }

  /** Another conversation is on screen: it has its own. What was added before it was there is behind that. */
  moveTo(conversationId: string): void {
    if (conversationId === this.id) return;
    const early = this.id === undefined ? this.all() : {};
    this.leave();
    this.id = conversationId;
    const { images = [], context = [] } = this.others.get(conversationId) ?? this.store.read(conversationId);
    this.show({
      images: [...images, ...(early.images ?? [])].slice(0, MAX_IMAGES),
      context: [...context, ...(early.context ?? [])].slice(0, MAX_PARTS),
    });
    if (Object.keys(early).length > 0) this.keep();
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

  /** Everything that is there. */
  private all(): Attachments {
    return attachmentsOf({ images: this.images.peek(), context: this.context.peek() });
  }

  private show({ images = [], context = [] }: Attachments): void {
    this.images.value = images;
    this.context.value = context;
  }

  /** To be called after every change of the signals. */
  keep(): void {
    if (this.id !== undefined && this.isKept()) this.store.write(this.id, this.all());
  }
}
