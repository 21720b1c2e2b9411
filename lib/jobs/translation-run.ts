// The segments of a run and how each of them stands: the same text is asked for once, what was translated before is written at once, what
// is in the language already is left, and what a page says has begun is gone on with.
import type { Trouble } from '../engine/errors.ts';
import type { Segment, SegmentEvent, SegmentState } from '../protocol/contract.ts';
import type { Language } from '../translate/languages.ts';
import { createMarkParser } from '../translate/marks.ts';
import { PROMPT_VERSION } from '../translate/prompt.ts';
import { findAlready } from './already.ts';
import { withTitle } from './page-trouble.ts';
import { type Asked, askFor, type RequestInput } from './translate-request.ts';

interface Text {
  /** The segment that is asked for in the name of all with this text. */
  segment: Segment;
  /** Ids of the segments with this text. */
  ids: number[];
  state: SegmentState;
  translation: string;
  key: string;
  /** What is known of it before anything is asked for. */
  known?: { translation: string } | 'is-in-language';
  /** It begins with words that the page says came before; nobody else can tell. */
  isContinued: boolean;
}

/** Pages send what is in view first; no screen holds many more. */
const ON_SCREEN = 16;
/** No translation is longer than this many times its text, and some words. */
const MAX_GROWTH = 8;
const SOME_WORDS = 200;

export class TranslationRun {
  private readonly input: RequestInput;
  private readonly segments: readonly Segment[];
  private readonly post: (event: SegmentEvent) => void;
  private readonly texts = new Map<string, Text>();
  private readonly byId = new Map<number, Text>();

  constructor(input: RequestInput, segments: readonly Segment[], post: (event: SegmentEvent) => void) {
    this.input = input;
    this.segments = segments;
    this.post = post;
    for (const segment of segments) {
      const key = JSON.stringify([segment.text, segment.begun]);
      const text = this.texts.get(key) ?? createText(segment);
      text.ids.push(segment.id);
      this.texts.set(key, text);
      this.byId.set(segment.id, text);
    }
  }

  get isStopped(): boolean {
    return this.input.signal.aborted;
  }

  /**
   * Looks up what the cache has, and what is in `language` already. `isAtOnce`: what the cache has is written as it is found, what the
   * page shows on screen before the rest is looked up.
   */
  async findKnown(language: Language, isAtOnce: boolean): Promise<void> {
    const texts = [...this.texts.values()];
    for (const some of [texts.slice(0, ON_SCREEN), texts.slice(ON_SCREEN)]) {
      await this.lookUp(some, language);
      if (isAtOnce && !this.isStopped) this.writeKnown();
    }
    const waiting = texts.filter(({ known, isContinued }) => !known && !isContinued);
    const { detectLanguage } = this.input.deps;
    const isAlready = await findAlready(
      waiting.map(({ segment }) => segment.text),
      language.tag,
      detectLanguage,
    );
    // Who selects nothing but text in that language means it; in a longer selection such blocks are only in the way.
    if (isAlready.every(Boolean) && waiting.length === texts.length) return;
    for (const [index, text] of waiting.entries()) if (isAlready[index]) text.known = 'is-in-language';
  }

  private async lookUp(texts: readonly Text[], language: Language): Promise<void> {
    const { deps, wishes, connection } = this.input;
    const { baseUrl, model } = connection;
    const about = [PROMPT_VERSION, baseUrl, model, language.tag, wishes.instruction, wishes.glossary];
    await Promise.all(
      texts.map(async (one) => {
        one.key = await deps.cache.keyOf([...about, one.segment.text].concat(one.segment.context ?? []));
      }),
    );
    const found = texts.length > 0 ? await deps.cache.find(texts.map(({ key }) => key)) : new Map();
    for (const text of texts) {
      const translation = found.get(text.key);
      if (translation !== undefined) text.known = { translation };
    }
  }

  /** Writes what is known and not written yet, and leaves what needs no translation. */
  writeKnown(): void {
    for (const text of this.texts.values()) {
      const { known, segment } = text;
      if (text.state === 'done') continue;
      // The page had something of it that is of no use: it is to be told so.
      if (text.isContinued && (known || segment.begun === undefined)) this.askAgain([segment]);
      if (known === 'is-in-language') this.leave(text);
      else if (known) this.write(text, known.translation, 'done');
    }
  }

  /** What nothing is known of yet, each text once, in the order that was asked for. */
  unknown(): Segment[] {
    return [...this.texts.values()].filter(({ known }) => !known).map(({ segment }) => segment);
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

  /** They begin anew: what had come of them is taken back. Returns them as they are to be asked for. */
  askAgain(segments: readonly Segment[]): Segment[] {
    for (const text of this.textsOf(segments)) {
      text.translation = '';
      text.isContinued = false;
      this.tell(text, { state: 'waiting' });
    }
    return segments.map(({ begun: _, ...segment }) => segment);
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
    // What a page has begun is not shown in any other.
    if (!text.isContinued && isWhole(text.segment.text, text.translation))
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
    const { trouble, ...rest } = told;
    const said = trouble ? { trouble: withTitle(trouble, this.input.connection.baseUrl) } : {};
    for (const id of text.ids) this.post({ type: 'segment', id, ...rest, ...said });
  }

  private textsOf(segments: readonly Segment[]): Text[] {
    return segments.flatMap(({ id }) => this.byId.get(id) ?? []);
  }
}

function createText({ begun = '', ...segment }: Segment): Text {
  const isSound = begun.length <= MAX_GROWTH * segment.text.length + SOME_WORDS;
  const goesOn = isSound && begun !== '';
  return {
    segment: goesOn ? { ...segment, begun } : segment,
    ids: [],
    state: 'waiting',
    translation: goesOn ? begun : '',
    key: '',
    isContinued: begun !== '',
  };
}

/** Only what came back with all its marks is worth keeping. */
function isWhole(source: string, translation: string): boolean {
  const parser = createMarkParser(source);
  parser.feed(translation);
  parser.end(true);
  return !parser.broken;
}
