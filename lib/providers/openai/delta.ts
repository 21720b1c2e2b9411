// The parts of a delta (or of a whole message) → events. Servers spell content and reasoning in several ways.
import type { JsonObject, JsonValue, StreamEvent } from '../../engine/types.ts';
import { findArray, findObject, findText } from './json.ts';
import { createToolCallReader } from './tool-calls.ts';

/** Reads the deltas of one answer, in order; keeps what later ones depend on. */
export function createDeltaReader(): (delta: JsonObject, events: StreamEvent[]) => void {
  const readReasoning = createReasoningReader();
  const readToolCall = createToolCallReader();
  return (delta, events) => {
    const reasoning = readReasoning(delta);
    if (reasoning !== undefined) events.push({ type: 'reasoning', text: reasoning });
    readContent(delta['content'], events);
    const refusal = findText(delta['refusal']);
    if (refusal !== undefined) events.push({ type: 'refusal', text: refusal });
    const calls = delta['tool_calls'];
    for (const fragment of findArray(calls) ?? (findObject(calls) ? [calls as JsonObject] : [])) {
      const call = readToolCall(fragment);
      if (call) events.push(call);
    }
    const legacy = delta['function_call'];
    if (findObject(legacy) && (calls ?? null) === null) {
      const call = readToolCall({ index: LEGACY_KEY, function: legacy as JsonObject });
      if (call) events.push(call);
    }
  };
}

/** The one call of the time before tool_calls, under a number that no server gives. */
const LEGACY_KEY = -1;

/** Text of `content`: a string, or an array of parts, of which "thinking" parts are reasoning (Mistral sends both in one chunk). */
function readContent(content: JsonValue | undefined, events: StreamEvent[]): void {
  if (typeof content === 'string') {
    if (content !== '') events.push({ type: 'text', text: content });
    return;
  }
  for (const part of findArray(content) ?? []) readPart(part, events);
}

function readPart(part: JsonValue, events: StreamEvent[]): void {
  if (typeof part === 'string') {
    if (part !== '') events.push({ type: 'text', text: part });
    return;
  }
  const object = findObject(part);
  if (!object) return;
  if (object['type'] === 'thinking') {
    const text = joinTexts(object['thinking']);
    if (text) events.push({ type: 'reasoning', text });
  } else if (object['type'] === 'text') {
    const text = findText(object['text']);
    if (text) events.push({ type: 'text', text });
  }
}

function joinTexts(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return (findArray(value) ?? []).map((item) => findText(findObject(item)?.['text']) ?? '').join('');
}

/**
 * Reasoning text under the names that servers use. OpenRouter sends the same text as `reasoning` and as `reasoning_details`,
 * so details count only where no plain spelling was ever seen.
 */
function createReasoningReader(): (delta: JsonObject) => string | undefined {
  let sawPlain = false;
  return (delta) => {
    const plain =
      findText(delta['reasoning_content']) ??
      findText(delta['reasoning']) ??
      findText(delta['reasoning_text']) ??
      findText(delta['thinking']);
    if (plain !== undefined) {
      sawPlain = true;
      return plain;
    }
    if (sawPlain) return undefined;
    const details = (findArray(delta['reasoning_details']) ?? []).map((item) => {
      const detail = findObject(item);
      return findText(detail?.['text']) ?? findText(detail?.['summary']) ?? '';
    });
    return details.join('') || undefined;
  };
}
