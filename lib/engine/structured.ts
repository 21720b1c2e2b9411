// An answer in a form that was asked for: JSON that is valid against a schema, or an error.
import { StreamError } from './errors.ts';
import { type Ask, foldTurn } from './fold-turn.ts';
import type { TurnStep } from './run-turn.ts';
import { MAX_LENGTH, parseJson } from './structured-json.ts';
import { repairRequest, shortProblems, withSchemaInPrompt } from './structured-prompt.ts';
import type { ChatRequest, JsonObject, JsonValue, Message, ResponseFormat } from './types.ts';

/** How the server is told: the schema itself, "JSON" with the schema in the prompt, or the prompt alone. */
export type StructuredMode = 'json_schema' | 'json_object' | 'prompt';

export interface StructuredInput {
  ask: Ask;
  request: ChatRequest;
  /** Letters, digits, `_` and `-`, at most 64: servers refuse others. */
  name: string;
  schema: JsonObject;
  strict?: boolean;
  /** What is wrong with a value, a sentence each; empty where nothing is. */
  validate(value: unknown): readonly string[];
  mode: StructuredMode;
}

export type StructuredStep =
  | TurnStep
  /** The model is asked again; text that came before this is void. */
  | { type: 'anew'; reason: 'format-refused' | 'invalid'; problems: string[] }
  /** The last step. `mode` is the one that worked, worth remembering for this server. */
  | { type: 'value'; value: JsonValue; mode: StructuredMode };

/**
 * Asks, checks, and asks once more where the answer does not fit. A server that refuses `response_format` is asked with the schema in the
 * prompt instead. Yields the steps of every turn on the way (feed their text to a PartialReader) and the value at the end.
 * @throws StreamError `bad-data` where the second answer does not fit either; `content-filter` where the model refuses;
 *   `too-large` beyond 1 MiB; else what the turn throws
 */
export async function* runStructured(
  input: StructuredInput,
): AsyncGenerator<StructuredStep, void, undefined> {
  let { mode } = input;
  let message: Message;
  try {
    message = yield* readAnswer(input.ask(createRequest(input, mode)));
  } catch (error) {
    if (mode === 'prompt' || !isFormatRefused(error)) throw error;
    mode = 'prompt';
    yield { type: 'anew', reason: 'format-refused', problems: [error.message] };
    message = yield* readAnswer(input.ask(createRequest(input, mode)));
  }
  let judged = judge(message, input);
  if (judged.problems.length > 0) {
    yield { type: 'anew', reason: 'invalid', problems: shortProblems(judged.problems) };
    const request = repairRequest(
      createRequest(input, mode),
      input.schema,
      answerOf(message),
      judged.problems,
    );
    judged = judge(yield* readAnswer(input.ask(request)), input);
  }
  if (judged.problems.length > 0) {
    const problems = shortProblems(judged.problems).join(' ');
    throw new StreamError('bad-data', `The answer does not have the form that was asked for. ${problems}`);
  }
  yield { type: 'value', value: judged.value, mode };
}

function createRequest(
  { request, name, schema, strict }: StructuredInput,
  mode: StructuredMode,
): ChatRequest {
  if (mode === 'json_schema') {
    const responseFormat: ResponseFormat = {
      type: 'json_schema',
      name,
      schema,
      ...(strict === undefined ? {} : { strict }),
    };
    return { ...request, responseFormat };
  }
  const described = withSchemaInPrompt(request, schema);
  return mode === 'json_object' ? { ...described, responseFormat: { type: 'json_object' } } : described;
}

async function* readAnswer(
  turn: AsyncGenerator<TurnStep, void, undefined>,
): AsyncGenerator<TurnStep, Message, undefined> {
  return yield* foldTurn(bounded(turn));
}

async function* bounded(
  turn: AsyncGenerator<TurnStep, void, undefined>,
): AsyncGenerator<TurnStep, void, undefined> {
  let length = 0;
  for await (const step of turn) {
    if (step.type === 'batch')
      for (const event of step.events) if (event.type === 'text') length += event.text.length;
    if (length > MAX_LENGTH) throw new StreamError('too-large', 'The answer is longer than 1 MiB.');
    yield step;
  }
}

interface Judged {
  value: JsonValue;
  problems: readonly string[];
}

function judge(message: Message, { validate }: StructuredInput): Judged {
  const answer = answerOf(message);
  if (answer.trim() === '' && message.refusal !== '')
    throw new StreamError('content-filter', message.refusal);
  const parsed = parseJson(withoutFence(answer));
  if (parsed.ok) return { value: parsed.value, problems: validate(parsed.value) };
  if (message.finishReason === 'length')
    return {
      value: null,
      problems: ['It reached the length limit before it was complete. Be briefer.', parsed.problem],
    };
  return { value: null, problems: [parsed.problem] };
}

/** Some reasoning models leave the answer itself empty and put it where the reasoning is. */
function answerOf({ text, reasoning }: Message): string {
  return text.trim() === '' ? reasoning : text;
}

function withoutFence(answer: string): string {
  const text = answer.trim();
  if (!text.startsWith('```') || !text.endsWith('```') || text.length < 6) return text;
  return text
    .slice(3, -3)
    .replace(/^json[c5]?\b/i, '')
    .trim();
}

const FORMAT = /response[_ ]?format|json[_ ]?(?:schema|object|mode)|structured[_ ]?outputs?/i;

/** Whether the server refuses the form, not the question. "The model does not support response_format" is read as an unknown model. */
function isFormatRefused(error: unknown): error is StreamError {
  if (!(error instanceof StreamError) || !FORMAT.test(error.message)) return false;
  return (
    error.code === 'bad-request' ||
    (error.code === 'model-not-found' && (error.status === 400 || error.status === 422))
  );
}
