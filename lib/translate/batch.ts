// Several segments in one request: each stands in a numbered mark of its own, and its own marks are numbered on, so that a batch is read
// like one long segment and a model learns one notation. Pure: no DOM.
import { scanMarks } from './mark-shape.ts';

export interface BatchSegment {
  id: number;
  text: string;
}

export interface BatchReader {
  /** Takes the next part of the reply, split anywhere. */
  feed(delta: string): void;
  /** Words came that belong to no segment: the model does not keep to the marks, and nothing that follows is to be trusted. */
  readonly isBroken: boolean;
  /** Ends the reply; `complete`: it came to its end. Returns the segments that have not come back whole. */
  end(complete: boolean): number[];
}

export interface BatchEvents {
  /** A part of a segment's translation, with the marks that the segment had. */
  onText(id: number, text: string): void;
  onDone(id: number): void;
}

export interface Batch {
  /** What is sent. */
  text: string;
  read(events: BatchEvents): BatchReader;
}

interface Origin {
  id: number;
  /** The mark's number in its segment; undefined for the mark around the segment. */
  number: number | undefined;
}

const MARK = /<(\/?)\s?(\d{1,4})\s?(\/?)>/g;
/** Numbers of more digits are not read as marks. */
const MAX_MARK = 9999;

/** A batch of two or more segments; undefined where they have more marks than there are numbers. */
export function findBatch(segments: readonly BatchSegment[]): Batch | undefined {
  const origins = new Map<number, Origin>();
  const take = (origin: Origin): number => {
    const number = origins.size + 1;
    origins.set(number, origin);
    return number;
  };
  const parts = segments.map(({ id, text }) => {
    const outer = take({ id, number: undefined });
    const renamed = new Map<string, number>();
    const inner = text.replace(MARK, (_, closes: string, name: string, isVoid: string) => {
      const number = renamed.get(name) ?? take({ id, number: Number(name) });
      renamed.set(name, number);
      return `<${closes}${number}${isVoid}>`;
    });
    return `<${outer}>${inner}</${outer}>`;
  });
  if (origins.size > MAX_MARK) return undefined;
  return {
    text: parts.join('\n\n'),
    read: (events) =>
      new Reader(
        origins,
        segments.map(({ id }) => id),
        events,
      ),
  };
}

class Reader implements BatchReader {
  private readonly origins: ReadonlyMap<number, Origin>;
  private readonly missing: Set<number>;
  private readonly events: BatchEvents;
  /** The segment whose mark is open. */
  private current: number | undefined;
  private held = '';
  isBroken = false;

  constructor(origins: ReadonlyMap<number, Origin>, ids: number[], events: BatchEvents) {
    this.origins = origins;
    this.missing = new Set(ids);
    this.events = events;
  }

  feed(delta: string): void {
    let text = '';
    const flush = () => {
      this.write(text);
      text = '';
    };
    this.held = scanMarks(
      this.held + delta,
      (words) => {
        text += words;
      },
      ({ number, closes, isVoid, raw }) => {
        const origin = this.origins.get(number);
        if (!origin) text += raw;
        else if (origin.number === undefined) {
          flush();
          this.turn(origin.id, closes);
        } else if (origin.id === this.current)
          text += `<${closes ? '/' : ''}${origin.number}${isVoid ? '/' : ''}>`;
        // A mark of another segment is left out; its absence there tells.
      },
    );
    flush();
  }

  end(complete: boolean): number[] {
    this.write(this.held);
    this.held = '';
    // A model that forgets to close the last one has come to its end all the same.
    if (complete && !this.isBroken && this.current !== undefined) this.turn(this.current, true);
    return [...this.missing];
  }

  private write(text: string): void {
    if (this.isBroken || text === '') return;
    if (this.current !== undefined) this.events.onText(this.current, text);
    else if (/\S/.test(text)) this.isBroken = true;
  }

  private turn(id: number, closes: boolean): void {
    if (this.isBroken) return;
    if (closes) {
      if (this.current === id && this.missing.delete(id)) this.events.onDone(id);
      this.current = undefined;
    } else {
      // Opened while another is open: that one was forgotten to be closed.
      if (this.current !== undefined && this.missing.delete(this.current)) this.events.onDone(this.current);
      this.current = this.missing.has(id) ? id : undefined;
    }
  }
}

/** How many characters and segments one request takes; what is longer alone goes alone. */
const BATCH_CHARS = 900;
const BATCH_SEGMENTS = 12;

/**
 * Cuts segments, in their order, into groups for one request each. Up to `alone` of them each have their own: a few are read sooner when
 * they stream side by side.
 */
export function groupSegments<T extends BatchSegment>(segments: readonly T[], alone: number): T[][] {
  if (segments.length <= alone) return segments.map((segment) => [segment]);
  const groups: T[][] = [];
  let room = 0;
  for (const segment of segments) {
    const last = groups.at(-1);
    if (last && last.length < BATCH_SEGMENTS && segment.text.length <= room) last.push(segment);
    else {
      groups.push([segment]);
      room = BATCH_CHARS;
    }
    room -= segment.text.length;
  }
  return groups;
}
