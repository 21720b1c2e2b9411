// One translation of one selection: sends its segments to the worker, writes what comes back, and knows how each of them ended.
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import type { SegmentEvent } from '../protocol/contract.ts';
import { type Asking, askFor } from './ask.ts';
import type { WrittenLanguage } from './blocks.ts';
import { createFrames, type Frames } from './frames.ts';
import {
  createItem,
  type Item,
  type ItemState,
  isFinished,
  isTouched,
  isUnderWay,
  plainBlocks,
  putAllBack,
  releaseItem,
  showItem,
} from './item.ts';
import { orderBySight } from './order.ts';
import type { Run, RunOptions, RunStatus } from './run-types.ts';
import type { Restored } from './writer.ts';

/** Nothing happens before `start`. */
export function createRun(options: RunOptions): Run {
  return new TranslationRun(options);
}

class TranslationRun implements Run {
  private readonly options: RunOptions;
  private readonly byId: Map<number, Item>;
  private readonly changed = new Set<Item>();
  private readonly frames: Frames;
  private request: Asking | undefined;
  private language: WrittenLanguage | undefined;
  private trouble: Trouble | undefined;
  private ended = Promise.withResolvers<RunStatus>();

  constructor(options: RunOptions) {
    this.options = options;
    this.frames = createFrames(options.view, () => this.flush());
    this.byId = new Map(options.segments.map((segment) => [segment.id, createItem(segment, options.blocks)]));
  }

  get done(): Promise<RunStatus> {
    return this.ended.promise;
  }

  get status(): RunStatus {
    return {
      isRunning: this.request !== undefined,
      total: this.byId.size,
      finished: this.items.filter(isFinished).length,
      kept: this.items.filter(({ isKept }) => isKept).length,
      language: this.language,
      trouble: this.trouble,
      plainBlocks: plainBlocks(this.items),
    };
  }

  get isShown(): boolean {
    return this.items.some((item) => item.state !== 'original');
  }

  start(): void {
    if (this.request) return;
    const items = this.items.filter((item) => !isFinished(item));
    for (const item of items) {
      this.restart(item);
      this.enter(item, 'waiting');
    }
    this.trouble = undefined;
    this.ended = Promise.withResolvers();
    const wanted = items.map((item) => item.segment);
    const segments = orderBySight(wanted, this.options.view).map(({ id, text }) => ({ id, text }));
    const mine: { asking?: Asking | undefined } = {};
    // What an earlier start still hears is not for this one.
    const isCurrent = () => this.request === mine.asking;
    mine.asking = askFor(this.options.connect, segments, {
      onEvent: (event) => isCurrent() && this.receive(event),
      onEnd: (error) => isCurrent() && this.end(error),
    });
    this.request = mine.asking;
    this.tell();
  }

  stop(): void {
    if (!this.request) return;
    this.request.abort();
    this.end(new StreamError('aborted', 'Stopped.'));
  }

  leave(): void {
    if (!this.request) return;
    this.request.leave();
    this.end(new StreamError('interrupted', 'The page was left.'));
  }

  retire(): void {
    this.stop();
    putAllBack(this.items.filter(({ state }) => state !== 'done'));
  }

  restore(): Restored {
    this.stop();
    this.frames.cancel();
    this.changed.clear();
    return putAllBack(this.items);
  }

  release(ranges: Range[]): void {
    for (const item of this.items) {
      if (item.state === 'original') continue;
      const touched = ranges.filter((range) => isTouched(item, range));
      if (touched.length === 0) continue;
      this.stop();
      releaseItem(item, touched);
      this.byId.delete(item.segment.id);
    }
    this.tell();
  }

  get items(): Item[] {
    return [...this.byId.values()];
  }

  private receive(event: SegmentEvent): void {
    if (event.type === 'language') {
      this.language = { tag: event.tag, dir: event.dir, name: event.name };
      this.tell();
      return;
    }
    const item = this.byId.get(event.id);
    if (!item || !isUnderWay(item.state)) return;
    if (event.trouble) this.trouble = event.trouble;
    if (event.isKept) {
      item.isKept = true;
      this.enter(item, 'original');
      return;
    }
    // A segment that goes back to waiting is asked for again from its start.
    if (event.state === 'waiting') this.restart(item);
    if (event.text) {
      item.reply += event.text;
      item.writer.feed(event.text);
    }
    if (event.state === 'waiting' || (event.text && item.writer.hasText)) {
      this.enter(item, item.writer.hasText ? 'streaming' : 'waiting');
    }
    if (event.state && !isUnderWay(event.state)) this.finish(item, event.state);
  }

  private restart(item: Item): void {
    item.reply = '';
    item.writer.restore();
  }

  private enter(item: Item, state: ItemState): void {
    // A block's first words and its end are waited for.
    const isNew = state !== item.state && state !== 'waiting';
    item.state = state;
    this.changed.add(item);
    this.frames.request(isNew);
  }

  private finish(item: Item, state: ItemState): void {
    item.writer.end(state === 'done');
    const isLost = (state === 'done' || state === 'partial') && !item.writer.hasText;
    this.enter(item, isLost ? 'failed' : state);
  }

  /** Settles everything that is still under way, and writes it now: after Stop nothing may move. */
  private end(error?: unknown): void {
    this.request = undefined;
    const trouble = error === undefined ? undefined : toTrouble(error);
    const isStopped = trouble?.code === 'aborted';
    if (trouble && !isStopped) this.trouble = trouble;
    for (const item of this.items) {
      if (!isUnderWay(item.state)) continue;
      this.finish(item, item.writer.hasText ? 'partial' : isStopped ? 'original' : 'failed');
    }
    this.frames.flushNow();
    this.tell();
    this.ended.resolve(this.status);
  }

  private flush(): void {
    const items = [...this.changed];
    this.changed.clear();
    for (const item of items) showItem(item, this.language);
    this.options.onWrite?.();
    // Not for each: what is known already comes all at once.
    if (items.some(({ state }) => !isUnderWay(state))) this.tell();
  }

  private tell(): void {
    this.options.onStatus?.(this.status);
  }
}
