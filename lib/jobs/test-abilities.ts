// The part of the connection test that is good to know: does the server take tools and JSON schemas?
import { type Trouble, toTrouble } from '../engine/errors.ts';
import { foldTurn } from '../engine/fold-turn.ts';
import { isJsonObject, parseJson } from '../engine/structured-json.ts';
import type { ChatRequest, JsonObject, Message } from '../engine/types.ts';
import type { Check, CheckName } from '../protocol/check.ts';
import type { TestInput } from './test-connection.ts';
import { ask } from './test-stream.ts';

const TOOL = 'report_status';

export function toolsCheck(input: TestInput): Promise<Check> {
  const request = questionFor(input, `Call the tool ${TOOL} with the status "ok".`);
  const parameters = objectWith('status', 'string');
  const tools = [{ name: TOOL, description: 'Reports a status.', parameters }];
  return check('tools', input, { ...request, tools }, ({ toolCalls }) =>
    toolCalls.some(({ name }) => name === TOOL),
  );
}

export function jsonCheck(input: TestInput): Promise<Check> {
  const request = questionFor(input, 'Answer with {"ok": true}.');
  const schema = { ...objectWith('ok', 'boolean'), additionalProperties: false };
  const responseFormat = { type: 'json_schema', name: 'status', schema } as const;
  return check('json', input, { ...request, responseFormat }, ({ text }) => {
    const parsed = parseJson(text);
    return parsed.ok && isJsonObject(parsed.value) && typeof parsed.value['ok'] === 'boolean';
  });
}

function questionFor({ model }: TestInput, content: string): ChatRequest {
  return { model, messages: [{ role: 'user', content }] };
}

function objectWith(name: string, type: string): JsonObject {
  return { type: 'object', properties: { [name]: { type } }, required: [name] };
}

/** What the server refuses, or does not do, is not needed; of any other failure nothing is known. */
async function check(
  name: CheckName,
  input: TestInput,
  request: ChatRequest,
  isAsAsked: (message: Message) => boolean,
): Promise<Check> {
  try {
    const turn = foldTurn(ask(input, request));
    let step = await turn.next();
    while (!step.done) step = await turn.next();
    return { name, outcome: isAsAsked(step.value) ? 'ok' : 'missing' };
  } catch (error) {
    const trouble: Trouble = toTrouble(error);
    const isAnswer = ['bad-request', 'bad-data', 'not-found'].includes(trouble.code);
    return { name, outcome: isAnswer ? 'missing' : 'skipped', trouble };
  }
}
