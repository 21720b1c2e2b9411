// One translation of one selection: sends its segments to the worker, writes what comes back, and knows how each of them ended.
import type { SegmentEvent } from '../protocol/contract.ts';
import type { PageTrouble, TranslationEnd } from '../protocol/page.ts';
import { type Asking, askFor, ownTrouble } from './ask.ts';
import { createFrames, type Frames } from './frames.ts';
import {
  createItem,
  endItem,
  type Item,
  isFinished,
  isUnderWay,
  moveItem,
  putAllBack,
  restartItem,
  setAside,
  showItem,
  takeEvent,
  toSend,
} from './item.ts';
import { orderBySight } from './order.ts';
import { isTouched, releaseItem } from './release.ts';
import { countItems, type RunStatus } from './run-status.ts';
import type { Run, RunOptions, Wanted } from './run-types.ts';
import type { Way } from './ways.ts';
import type { Restored } from './written.ts';

/** Nothing happens before `start`. */
export function createRun(options: RunOptions): Run {
  return new TranslationRun(options);
}

class TranslationRun implements Run {
  readonly #options: RunOptions;
  readonly #byId: Map<number, Item>;
  readonly #changed = new Set<Item>();
  readonly #frames: Frames;
  #request: Asking | undefined;
  /** Chosen by the reader; the worker's own otherwise. */
  #chosen: string | undefined;
  #told: Pick<RunStatus, 'language' | 'choices'> = { language: undefined, choices: [] };
  #troubles = new Map<string, PageTrouble>();
  #estimate: RunStatus['estimate'];
  #ended = Promise.withResolvers<RunStatus>();

  constructor(options: RunOptions) {
    this.#options = options;
    this.#frames = createFrames(options.view, () => this.#flush());
    this.#byId = new Map(
      options.segments.map((segment) => [segment.id, createItem(segment, options.blocks)]),
    );
  }

  get done(): Promise<RunStatus> {
    return this.#ended.promise;
  }

  get status(): RunStatus {
    return {
      ...countItems(this.items),
      isRunning: this.#request !== undefined,
      ...this.#told,
      chosen: this.#chosen,
      troubles: [...this.#troubles.values()],
      estimate: this.#estimate,
    };
  }

  start({ items, goesOn = false, language, isConfirmed }: Wanted = {}): void {
    if (this.#request) return;
    this.#chosen = language ?? this.#chosen;
    const wanted = items ?? (language ? this.items : this.items.filter((item) => !isFinished(item)));
    for (const item of wanted) {
      restartItem(item, goesOn);
      this.#touch(item);
    }
    this.#troubles.clear();
    this.#estimate = undefined;
    this.#ended = Promise.withResolvers();
    const mine: { asking?: Asking | undefined } = {};
    // What an earlier start still hears is not for this one.
    const isCurrent = () => this.#request === mine.asking;
    const request = {
      segments: toSend(orderBySight(wanted, this.#options.view)),
      language: this.#chosen,
      isConfirmed,
    };
    mine.asking = askFor(this.#options.connect, request, {
      onEvent: (event) => isCurrent() && this.#receive(event),
      onEnd: (end) => isCurrent() && this.#end(end),
    });
    this.#request = mine.asking;
    this.#tell();
  }

  stop(): void {
    if (!this.#request) return;
    this.#request.abort();
    this.#end({ trouble: ownTrouble('aborted') });
  }

  leave(): void {
    if (!this.#request) return;
    this.#request.leave();
    this.#end({ trouble: ownTrouble('interrupted') });
  }

  retire(): void {
    this.stop();
    putAllBack(this.items.filter(({ state }) => state !== 'done'));
  }

  restore(): Restored {
    this.stop();
    this.#frames.cancel();
    this.#changed.clear();
    return putAllBack(this.items);
  }

  release(ranges: Range[]): void {
    for (const item of this.items) {
      if (item.state === 'original') continue;
      const touched = ranges.filter((range) => isTouched(item, range));
      if (touched.length === 0) continue;
      this.stop();
      releaseItem(item, touched);
      this.#byId.delete(item.segment.id);
    }
    this.#tell();
  }

  move(find: () => Way | undefined): Way | undefined {
    this.#frames.flushNow();
    const before = setAside(this.items);
    const way = find();
    for (const segment of way?.segments ?? []) {
      const item = before.get(segment.id);
      if (!item || !way) continue;
      const moved = moveItem(item, segment, way.blocks);
      this.#byId.set(segment.id, moved);
      this.#touch(moved);
    }
    this.#frames.flushNow();
    return way;
  }

  get items(): Item[] {
    return [...this.#byId.values()];
  }

  #receive(event: SegmentEvent): void {
    if (event.type === 'language') {
      const { choices, tag, dir, name } = event;
      this.#told = { choices, language: { tag, dir, name } };
      return void this.#tell();
    }
    const item = this.#byId.get(event.id);
    if (!item || !isUnderWay(item.state)) return;
    if (event.trouble) this.#troubles.set(event.trouble.title, event.trouble);
    // A block's first words and its end are waited for.
    this.#touch(item, takeEvent(item, event));
  }

  /** Shown soon, or in the next frame. */
  #touch(item: Item, isNew = false): void {
    this.#changed.add(item);
    this.#frames.request(isNew);
  }

  /** Settles everything that is still under way, and writes it now: after Stop nothing may move. */
  #end({ trouble, estimate }: TranslationEnd): void {
    this.#request = undefined;
    this.#estimate = estimate;
    const isUnasked = trouble?.code === 'aborted' || estimate !== undefined;
    if (trouble && !isUnasked) this.#troubles.set(trouble.title, trouble);
    for (const item of this.items) {
      if (!isUnderWay(item.state)) continue;
      endItem(item, item.writer.hasText ? 'partial' : isUnasked ? 'original' : 'failed');
      this.#touch(item);
    }
    this.#frames.flushNow();
    this.#tell();
    this.#ended.resolve(this.status);
  }

  #flush(): void {
    const items = [...this.#changed];
    this.#changed.clear();
    for (const item of items) showItem(item, this.#told.language);
    this.#options.onWrite?.();
    if (!this.#request || items.every(({ state }) => isUnderWay(state))) return;
    // When the frame has been drawn: what is told has the control placed, by the layout.
    this.#options.view.setTimeout(() => this.#request && this.#tell());
  }

  #tell(): void {
    this.#options.onStatus?.(this.status);
  }
}
