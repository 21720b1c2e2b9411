// The settings: their shape, bounds and defaults. No secret is ever among them.
import * as v from 'valibot';
import type { Show } from '../protocol/page.ts';
import { modelAtSchema, providerFields, providerSchema } from './provider.ts';
import { MAX_PROVIDERS } from './providers.ts';

/** The most sites with a way of their own. */
export const MAX_SITES = 200;
/** How many languages are remembered as used. */
export const MAX_RECENT = 5;

/** How many prompts of one's own there may be. */
export const MAX_PROMPTS = 200;

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_600_000));
const languageTag = v.pipe(v.string(), v.minLength(2), v.maxLength(35));
export const showSchema = v.picklist(['in-place', 'below', 'bubble'] satisfies Show[]);

const promptSchema = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(64)),
  name: v.pipe(v.string(), v.maxLength(100)),
  /** With variables in it, as `{{page}}`. */
  text: v.pipe(v.string(), v.maxLength(20_000)),
});
export type Prompt = v.InferOutput<typeof promptSchema>;

export const settingsSchema = v.strictObject({
  version: v.literal(1),
  /** Of the provider in use. */
  ...providerFields,
  /** The saved providers that are not in use. */
  others: v.pipe(v.array(providerSchema), v.maxLength(MAX_PROVIDERS - 1)),
  /** Asked where another model fails before anything was shown; null for nobody. */
  fallback: v.nullable(modelAtSchema),
  /** BCP 47 tag. */
  targetLanguage: languageTag,
  /** BCP 47 tags of what was translated into last, the latest first. */
  recentLanguages: v.pipe(v.array(languageTag), v.maxLength(MAX_RECENT)),
  /** By the BCP 47 tag of a target language. */
  wishes: v.record(
    v.pipe(v.string(), v.maxLength(35)),
    v.strictObject({
      instruction: v.pipe(v.string(), v.maxLength(2000)),
      glossary: v.pipe(v.string(), v.maxLength(20_000)),
    }),
  ),
  /** Requests of one page that may run at once. */
  translationsAtOnce: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
  /** Tokens, prompt and answer together: a translation that may take more is confirmed by a person first; 0 never asks. */
  confirmAbove: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)),
  /** How translations of a page's text are shown. */
  show: showSchema,
  /** By host name, where it is another way than `show`; the latest last. */
  sites: v.pipe(v.record(v.pipe(v.string(), v.maxLength(255)), showSchema), v.maxEntries(MAX_SITES)),
  /** CSS selectors, a line each, of what is not translated. */
  leftAlone: v.pipe(v.string(), v.maxLength(2000)),
  /** The original of a block is shown while the pointer rests on its translation. */
  showsOriginalOnHover: v.boolean(),
  timeouts: v.strictObject({
    connect: milliseconds,
    firstToken: milliseconds,
    idle: milliseconds,
    total: milliseconds,
  }),
  /** Repeats of a request that failed before anything was shown. */
  retries: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5)),
  /** The key that sends a message; with Shift it always makes a new line. */
  sendWith: v.picklist(['enter', 'ctrl-enter']),
  /** Instructions that every conversation begins with, unless it has its own. */
  system: v.pipe(v.string(), v.maxLength(20_000)),
  /** Tokens of a page's text that are sent at most; what is over is cut off and said. */
  pageTokens: v.pipe(v.number(), v.integer(), v.minValue(500), v.maxValue(100_000)),
  /** The user's own prompts, in their order. */
  prompts: v.pipe(v.array(promptSchema), v.maxLength(MAX_PROMPTS)),
  /** What happens to an answer that breaks: it goes on by itself, a button offers to, or it stays as it is. */
  continuing: v.picklist(['automatic', 'ask', 'never']),
  /** What screen readers are told of an answer: its sentences as they become whole, or only that it has ended. */
  announces: v.picklist(['sentences', 'end']),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

const LEFT_ALONE = [
  'code',
  'kbd',
  'samp',
  'var',
  'tt',
  'math',
  'mjx-container',
  '.MathJax',
  '.katex',
  '[translate="no" i]',
  '.notranslate',
];

// Reasoning models are silent for minutes: 60 to 120 s to the first token is ordinary, 300 s has been seen to be legitimate.
export const defaultSettings: Settings = {
  version: 1,
  preset: 'megallm',
  baseUrl: 'https://ai.megallm.io/v1',
  model: '',
  name: '',
  favourites: [],
  others: [],
  fallback: null,
  targetLanguage: 'en',
  recentLanguages: [],
  wishes: {},
  translationsAtOnce: 3,
  confirmAbove: 60_000,
  show: 'in-place',
  sites: {},
  leftAlone: LEFT_ALONE.join('\n'),
  showsOriginalOnHover: true,
  timeouts: { connect: 120_000, firstToken: 600_000, idle: 300_000, total: 3_600_000 },
  retries: 3,
  sendWith: 'enter',
  system: '',
  pageTokens: 20_000,
  prompts: [],
  continuing: 'automatic',
  announces: 'sentences',
};

/** Reads what was stored: what does not fit is replaced by the default, field by field, so that one bad field loses no other. */
export function readSettings(stored: unknown): Settings {
  if (typeof stored !== 'object' || stored === null) return defaultSettings;
  const merged: Record<string, unknown> = { ...defaultSettings };
  for (const [key, schema] of Object.entries(settingsSchema.entries)) {
    const parsed = v.safeParse(schema, (stored as Record<string, unknown>)[key]);
    if (parsed.success) merged[key] = parsed.output;
  }
  return merged as Settings;
}
