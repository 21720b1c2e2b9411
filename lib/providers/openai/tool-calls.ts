// Fragments of tool calls → fragments with a position. Servers number them in many ways: from one, all with the same index,
// not at all; with the id in every fragment, in the first, or empty.
import { StreamError } from '../../engine/errors.ts';
import type { JsonObject, JsonValue, StreamEvent } from '../../engine/types.ts';
import { findNumber, findObject, findText } from './json.ts';

type ToolCallEvent = Extract<StreamEvent, { type: 'tool-call' }>;

const MAX_CALLS = 128;

export function createToolCallReader(): (fragment: JsonValue) => ToolCallEvent | undefined {
  const calls: { key: number | undefined; id: string }[] = [];

  function open(key: number | undefined, id: string): number {
    if (calls.length >= MAX_CALLS)
      throw new StreamError('bad-data', `The model asked for more than ${MAX_CALLS} tools.`);
    calls.push({ key, id });
    return calls.length - 1;
  }

  function findPosition(key: number | undefined, id: string, named: boolean): number {
    const position =
      key === undefined
        ? calls.findLastIndex((call) => call.id === id)
        : calls.findLastIndex((call) => call.key === key);
    const known = calls[position];
    if (key === undefined && id === '') return named || calls.length === 0 ? open(key, id) : calls.length - 1;
    if (!known) return open(key, id);
    // Ollama numbers parallel calls 0, 0, 0: another id that comes with a name is another call.
    if (id !== '' && known.id !== '' && id !== known.id && named) return open(key, id);
    if (known.id === '') known.id = id;
    return position;
  }

  return (fragment) => {
    const call = findObject(fragment);
    if (!call) return undefined;
    const described = findObject(call['function']);
    const id = findText(call['id']) ?? '';
    const name = findText(described?.['name']);
    const text = argumentsText(described);
    const index = findPosition(findNumber(call['index']), id, name !== undefined);
    return {
      type: 'tool-call',
      index,
      ...(id === '' ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      ...(text === '' ? {} : { arguments: text }),
    };
  };
}

/** Arguments are JSON text, but some servers send the object itself, and some null. */
function argumentsText(described: JsonObject | undefined): string {
  const value = described?.['arguments'];
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
