// Which of the calls that a model made may run: everything about them came from outside.
import { canonicalJson, isJsonObject, parseJson } from './structured-json.ts';
import type { JsonObject, RequestToolCall, ToolCall, ToolDefinition } from './types.ts';

/** A call that may run carries its arguments as canonical JSON text: what is shown, what is compared and what is run are one. */
export type Judged = { call: ToolCall; runs: true } | { call: ToolCall; runs: false; problem: string };

export interface Judge {
  tools: readonly ToolDefinition[];
  hasHandler(name: string): boolean;
  validate(tool: ToolDefinition, value: JsonObject): readonly string[];
  maxCallsPerTurn: number;
  /** What has run, as `name arguments`; grows. */
  seen: Set<string>;
  /** Ids that were given; grows. */
  ids: Set<string>;
}

/** The calls of one turn, in order, each with an id of its own; frozen, so that what was shown and allowed is what runs. */
export function judgeCalls(calls: readonly ToolCall[], judge: Judge): Judged[] {
  return calls.map((given, position) => {
    const call = { ...given, id: uniqueId(given.id, judge.ids) };
    const judged =
      position < judge.maxCallsPerTurn
        ? judgeCall(call, judge)
        : refuse(call, `Only ${judge.maxCallsPerTurn} calls are run in one turn; this one was not.`);
    Object.freeze(judged.call);
    return judged;
  });
}

function judgeCall(call: ToolCall, { tools, hasHandler, validate, seen }: Judge): Judged {
  const tool = tools.find(({ name }) => name === call.name);
  if (!tool || !hasHandler(tool.name)) {
    const names = tools.map(({ name }) => name).join(', ');
    return refuse(call, `There is no tool "${call.name.slice(0, 100)}". The tools are: ${names}.`);
  }
  // A tool without parameters is called with nothing at all by some models.
  const parsed = parseJson(call.arguments.trim() === '' ? '{}' : call.arguments);
  if (!parsed.ok)
    return refuse(call, `The arguments cannot be read. ${parsed.problem} ${quote(call.arguments)}`);
  const { value } = parsed;
  if (!isJsonObject(value))
    return refuse(call, `The arguments are not a JSON object. ${quote(call.arguments)}`);
  const problems = validate(tool, value);
  const canonical = { ...call, arguments: canonicalJson(value) };
  if (problems.length > 0) return refuse(canonical, `The arguments are not valid. ${problems.join(' ')}`);
  const key = `${call.name} ${canonical.arguments}`;
  if (seen.has(key)) {
    return refuse(canonical, 'This very call was made before; its result is above. It was not run again.');
  }
  seen.add(key);
  return { call: canonical, runs: true };
}

/** The call as it goes back to the model. Servers parse these arguments again, so what is no JSON object is sent as an empty one. */
export function toRequestCall({ id, name, arguments: text }: ToolCall): RequestToolCall {
  const parsed = parseJson(text);
  const sendable = parsed.ok && isJsonObject(parsed.value) ? text : '{}';
  return { id, type: 'function', function: { name: name || 'unknown', arguments: sendable } };
}

/** Some servers give no id, some the same one to every call; results are matched by it. */
function uniqueId(given: string, ids: Set<string>): string {
  let id = given;
  for (let count = ids.size + 1; id === '' || ids.has(id); count++) id = `call_${count}`;
  ids.add(id);
  return id;
}

function refuse(call: ToolCall, problem: string): Judged {
  return { call, runs: false, problem };
}

function quote(text: string): string {
  return `You wrote: ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}
