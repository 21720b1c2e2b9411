// The part of the connection test that is good to know: does the server take tools and JSON schemas?

import { type Trouble, toTrouble } from '../engine/errors.ts';
import { foldTurn } from '../engine/fold-turn.ts';
import { runStructured } from '../engine/structured.ts';
import type { JsonObject } from '../engine/types.ts';
import type { Check, CheckName } from '../protocol/check.ts';
import type { TestInput } from './test-connection.ts';
import { ask } from './test-stream.ts';

const TOOL = 'report_status';

export async function toolsCheck(input: TestInput): Promise<Check> {
  const parameters: JsonObject = {
    type: 'object',
    properties: { status: { type: 'string' } },
    required: ['status'],
  };
  try {
    const turn = foldTurn(
      ask(input, {
        model: input.model,
        messages: [{ role: 'user', content: `Call the tool ${TOOL} with the status "ok".` }],
        tools: [{ name: TOOL, description: 'Reports a status.', parameters }],
      }),
    );
    let step = await turn.next();
    while (!step.done) step = await turn.next();
    const isCalled = step.value.toolCalls.some(({ name }) => name === TOOL);
    return { name: 'tools', outcome: isCalled ? 'ok' : 'missing' };
  } catch (error) {
    return notTaken('tools', toTrouble(error));
  }
}

export async function jsonCheck(input: TestInput): Promise<Check> {
  const schema: JsonObject = {
    type: 'object',
    properties: { ok: { type: 'boolean' } },
    required: ['ok'],
    additionalProperties: false,
  };
  try {
    const answer = runStructured({
      ask: (request) => ask(input, request),
      request: { model: input.model, messages: [{ role: 'user', content: 'Answer with {"ok": true}.' }] },
      name: 'status',
      schema,
      validate: (value) => (isOk(value) ? [] : ['It needs a field ok that is true or false.']),
      mode: 'json_schema',
    });
    for await (const step of answer) {
      if (step.type !== 'value') continue;
      const outcome = step.mode === 'prompt' ? 'missing' : 'ok';
      return { name: 'json', outcome, detail: { mode: step.mode } };
    }
    return { name: 'json', outcome: 'missing' };
  } catch (error) {
    return notTaken('json', toTrouble(error));
  }
}

function isOk(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as JsonObject)['ok'] === 'boolean';
}

/** What the server refuses, or does not do, is not needed; of any other failure nothing is known. */
function notTaken(name: CheckName, trouble: Trouble): Check {
  const isAnswer =
    trouble.code === 'bad-request' || trouble.code === 'bad-data' || trouble.code === 'not-found';
  return { name, outcome: isAnswer ? 'missing' : 'skipped', trouble };
}
