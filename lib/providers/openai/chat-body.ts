// The fields of a chat request beyond the plain ones. What was not asked for is not sent: servers refuse fields they do not know.
import type {
  ChatRequest,
  JsonObject,
  JsonValue,
  RequestMessage,
  ResponseFormat,
  ToolChoice,
  ToolDefinition,
} from '../../engine/types.ts';

/** Models that know `reasoning_effort`, by the names they have at every server; others refuse the field, or the request. */
const TAKES_EFFORT = /(^|\/)(o[1-9](-|$)|gpt-5|gpt-oss|gemini-2\.5-flash|grok-3-mini)/i;

/** `tools`, `tool_choice` and `response_format` in the spelling of the wire, each only where the request has it. */
export function extraFields({
  model,
  maxTokens,
  effort,
  reasoning,
  tools,
  toolChoice,
  responseFormat,
}: ChatRequest): JsonObject {
  const fields: JsonObject = {};
  if (maxTokens !== undefined) fields['max_tokens'] = maxTokens;
  const thought = effort ?? (TAKES_EFFORT.test(model) ? reasoning : undefined);
  if (thought !== undefined) fields['reasoning_effort'] = thought;
  if (tools && tools.length > 0) {
    fields['tools'] = tools.map(toWireTool);
    // Without tools a choice among them is an error at every server.
    if (toolChoice !== undefined) fields['tool_choice'] = toWireChoice(toolChoice);
  }
  if (responseFormat) fields['response_format'] = toWireFormat(responseFormat);
  return fields;
}

/** Parts that are all text become one string: every server takes that, and many that see no images take nothing else. */
export function toWireMessage(message: RequestMessage): JsonValue {
  const { content } = message;
  if (!Array.isArray(content)) return message as unknown as JsonValue;
  const texts = content.map((part) => (part.type === 'text' ? part.text : undefined));
  const isText = texts.every((text) => text !== undefined);
  return { role: message.role, content: isText ? texts.join('\n\n') : (content as unknown as JsonValue) };
}

function toWireTool({ name, description, parameters, strict }: ToolDefinition): JsonObject {
  return {
    type: 'function',
    function: {
      name,
      ...(description === undefined ? {} : { description }),
      parameters,
      ...(strict === undefined ? {} : { strict }),
    },
  };
}

function toWireChoice(choice: ToolChoice): JsonObject | string {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } };
}

function toWireFormat(format: ResponseFormat): JsonObject {
  if (format.type === 'json_object') return { type: 'json_object' };
  const { name, schema, strict } = format;
  return {
    type: 'json_schema',
    json_schema: { name, schema, ...(strict === undefined ? {} : { strict }) },
  };
}
