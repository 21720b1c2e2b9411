// Fields of a request that servers refuse by name. A refusal is mended by leaving the field out, or by its other name, and is remembered:
// the field is one that a chat can do without, and the next request should not have to be refused first.
import { StreamError } from './errors.ts';
import type { JsonObject, JsonValue } from './types.ts';

/** What was refused, by the address asked and the model. */
export interface RefusalMemo {
  find(url: string, model: string): ReadonlySet<string>;
  add(url: string, model: string, field: string): void;
}

export function createRefusalMemo(): RefusalMemo {
  const known = new Map<string, Set<string>>();
  return {
    find: (url, model) => known.get(`${model} ${url}`) ?? new Set(),
    add(url, model, field) {
      const fields = known.get(`${model} ${url}`) ?? new Set();
      known.set(`${model} ${url}`, fields.add(field));
    },
  };
}

interface Rule {
  /** What takes its place; without it the field is left out. */
  otherName?: string;
  /** The refusal is the caller's business: leaving the field out would change what comes back. */
  reported?: boolean;
  /** Too ordinary a word: only a server that names the field as such means it. */
  namedOnly?: boolean;
}

const RULES = new Map<string, Rule>([
  ['stream_options', {}],
  ['temperature', {}],
  ['reasoning_effort', {}],
  ['max_tokens', { otherName: 'max_completion_tokens' }],
  ['max_completion_tokens', { otherName: 'max_tokens' }],
  // Without it the answer comes whole, which is read as well as a stream.
  ['stream', { namedOnly: true }],
  ['response_format', { reported: true }],
]);

const REFUSING =
  /unsupported|unavailable|not (?:be )?(?:supported|permitted|allowed|accepted|available|implemented)|does(?: not|n't) support|unknown|unrecogni[sz]ed|unexpected|\bextra|only the default|\binstead\b|disallowed|deprecated/i;
const DOUBTFUL = /\b(?:invalid|only|cannot|can't|must)\b/i;
/** The value is out of bounds, the field is not refused: without it the answer would not be what was asked for. */
const OUT_OF_BOUNDS =
  /(?:above|below)[_ ]|too (?:large|small|high|low|big)|(?:greater|less)[_ ]than|at (?:least|most)|exceed|maximum|minimum|out of range/i;

/** The fields of `sent` that an error body refuses: 400 and 422 only. */
export function findRefused(status: number, body: string, sent: JsonObject): string[] {
  if (status !== 400 && status !== 422) return [];
  const complaints = findComplaints(body);
  return [...RULES.keys()].filter(
    (field) => sent[field] !== undefined && complaints.some((complaint) => refuses(complaint, field)),
  );
}

/** `body` as a server that refuses `fields` takes it; the same object where nothing can be mended. */
export function withoutRefused(body: JsonObject, fields: ReadonlySet<string>): JsonObject {
  let mended = body;
  for (const field of fields) {
    const rule = RULES.get(field);
    const value = body[field];
    if (!rule || rule.reported || value === undefined) continue;
    // Refused under both names: a limit that the user set is not dropped in silence.
    if (rule.otherName && fields.has(rule.otherName)) continue;
    const { [field]: _, ...rest } = mended;
    mended = rule.otherName ? { [rule.otherName]: value, ...rest } : rest;
  }
  return mended;
}

/** The error with the refused fields in its words: some servers name them beside their message only. */
export function nameRefused(error: StreamError, fields: readonly string[]): StreamError {
  const missing = fields.filter((field) => !error.message.includes(field));
  if (missing.length === 0) return error;
  const { code, status, retryAfterMs, shouldRetry, cause } = error;
  const message = `${error.message} (${missing.join(', ')})`;
  return new StreamError(code, message, { status, retryAfterMs, shouldRetry, cause });
}

/** One object of an error body: the words in it, and the fields that it names as such. */
interface Complaint {
  words: string[];
  named: string[];
}

const NAMING = new Set(['param', 'parameter', 'field', 'property', 'loc', 'path']);
/** Where servers send back what we sent: its words are no complaint. */
const ECHO = new Set(['input', 'ctx', 'body', 'request', 'request_body']);
const MAX_DEPTH = 8;

function findComplaints(body: string): Complaint[] {
  let value: JsonValue;
  try {
    value = JSON.parse(body) as JsonValue;
  } catch {
    return [{ words: [body], named: [] }];
  }
  const found: Complaint[] = [];
  collect(value, found, 0);
  return found;
}

function collect(value: JsonValue, into: Complaint[], depth: number): void {
  if (typeof value === 'string') into.push({ words: [value], named: [] });
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into, depth + 1);
    return;
  }
  const complaint: Complaint = { words: [], named: [] };
  into.push(complaint);
  for (const [key, item] of Object.entries(value)) {
    if (ECHO.has(key)) continue;
    if (NAMING.has(key)) complaint.named.push(...namesIn(item));
    else if (typeof item === 'string') complaint.words.push(item);
    else collect(item, into, depth + 1);
  }
}

/** "stream_options.include_usage", or a path such as ["body", "stream_options"], as the names in it. */
function namesIn(value: JsonValue): string[] {
  if (typeof value === 'string') return value.split(/[^\w]+/);
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string') : [];
}

function refuses({ words, named }: Complaint, field: string): boolean {
  const isNamed = named.includes(field);
  const all = words.join('\n');
  if (!isNamed && (RULES.get(field)?.namedOnly || !new RegExp(`(?<!\\w)${field}(?!\\w)`).test(all)))
    return false;
  if (REFUSING.test(all)) return true;
  return !OUT_OF_BOUNDS.test(all) && (isNamed || DOUBTFUL.test(all));
}
