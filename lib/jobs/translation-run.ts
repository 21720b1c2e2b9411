// The segments of a run and how each of them stands: the same text is asked for once, what was translated before is written at once, and
// what is in the language already is left.
import type { Trouble } from '../engine/errors.ts';
import type { Segment, SegmentEvent, SegmentState } from '../protocol/contract.ts';
import type { Language } from '../translate/languages.ts';
import { createMarkParser } from '../translate/marks.ts';
import { PROMPT_VERSION } from '../translate/prompt.ts';
import { type Asked, askFor, type TranslateInput } from './translate-request.ts';

interface Text {
  /** The segment that is asked for in the name of all with this text. */
  segment: Segment;
  /** Ids of the segments with this text. */
  ids: number[];
  state: SegmentState;
  translation: string;
  key: string;
}

export class TranslationRun {
  private readonly input: TranslateInput;
  private readonly segments: readonly Segment[];
  private readonly post: (event: SegmentEvent) => void;
  private readonly texts = new Map<string, Text>();
  private readonly byId = new Map<number, Text>();

  constructor(input: TranslateInput, segments: readonly Segment[], post: (event: SegmentEvent) => void) {
    this.input = input;
    this.segments = segments;
    this.post = post;
    for (const segment of segments) {
      const known = this.texts.get(segment.text);
      if (known) known.ids.push(segment.id);
      else
        this.texts.set(segment.text, {
          segment,
          ids: [segment.id],
          state: 'waiting',
          translation: '',
          key: '',
        });
      const text = this.texts.get(segment.text);
      if (text) this.byId.set(segment.id, text);
    }
  }

  get isStopped(): boolean {
    return this.input.signal.aborted;
  }

  /** Writes what the cache has, and leaves what is in `language` already. */
  async takeKnown(language: Language): Promise<void> {
    const { deps, connection, wishes } = this.input;
    const texts = [...this.texts.values()];
    const { baseUrl, model } = connection;
    const about = [PROMPT_VERSION, baseUrl, model, language.tag, wishes.instruction, wishes.glossary];
    await Promise.all(
      texts.map(async (text) => {
        text.key = await deps.cache.keyOf([...about, text.segment.text]);
      }),
    );
    const found = await deps.cache.find(texts.map(({ key }) => key));
    for (const text of texts) {
      const translation = found.get(text.key);
      if (translation !== undefined) this.write(text, translation, 'done');
    }
    await Promise.all(
      texts
        .filter(({ state }) => state === 'waiting')
        .map(async (text) => {
          const tag = await deps.detectLanguage(withoutMarks(text.segment.text)).catch(() => undefined);
          if (tag !== undefined && isSame(tag, language.tag)) this.leave(text);
        }),
    );
  }

  /** What nothing is known of yet, each text once, in the order that was asked for. */
  unknown(): Segment[] {
    return [...this.texts.values()].filter(({ state }) => state === 'waiting').map(({ segment }) => segment);
  }

  unfinished(): Segment[] {
    return this.segments.filter(({ id }) => this.byId.get(id)?.state !== 'done');
  }

  ask(group: readonly Segment[]): Promise<Asked> {
    return askFor(this.input, group, {
      text: (id, part) => {
        const text = this.byId.get(id);
        if (text) this.write(text, part, 'streaming');
      },
      done: (id) => {
        const text = this.byId.get(id);
        if (text) this.finish(text);
      },
    });
  }

  /** They begin anew: what had come of them is taken back. */
  askAgain(segments: readonly Segment[]): void {
    for (const text of this.textsOf(segments)) {
      text.translation = '';
      this.tell(text, { state: 'waiting' });
    }
  }

  fail(segments: readonly Segment[], trouble: Trouble): void {
    for (const text of this.textsOf(segments))
      this.tell(text, { state: text.translation === '' ? 'failed' : 'partial', trouble });
  }

  private finish(text: Text): void {
    if (text.translation.trim() === '') {
      this.tell(text, { state: 'failed' });
      return;
    }
    this.tell(text, { state: 'done' });
    if (isWhole(text.segment.text, text.translation))
      void this.input.deps.cache.put(text.key, text.translation);
  }

  private write(text: Text, part: string, state: SegmentState): void {
    text.translation += part;
    this.tell(text, { text: part, ...(state === text.state ? {} : { state }) });
  }

  private leave(text: Text): void {
    text.state = 'done';
    for (const id of text.ids) this.post({ type: 'segment', id, state: 'done', isKept: true });
  }

  private tell(text: Text, told: { text?: string; state?: SegmentState; trouble?: Trouble }): void {
    if (told.state) text.state = told.state;
    for (const id of text.ids) this.post({ type: 'segment', id, ...told });
  }

  private textsOf(segments: readonly Segment[]): Text[] {
    return segments.flatMap(({ id }) => this.byId.get(id) ?? []);
  }
}

function withoutMarks(text: string): string {
  return text.replace(/<\/?\d{1,4}\/?>/g, ' ');
}

/** Both are the same language, whatever the country; scripts matter. */
function isSame(found: string, wanted: string): boolean {
  try {
    const [a, b] = [new Intl.Locale(found).maximize(), new Intl.Locale(wanted).maximize()];
    return a.language === b.language && a.script === b.script;
  } catch {
    return false;
  }
}

/** Only what came back with all its marks is worth keeping. */
function isWhole(source: string, translation: string): boolean {
  const parser = createMarkParser(source);
  parser.feed(translation);
  parser.end(true);
  return !parser.broken;
}
