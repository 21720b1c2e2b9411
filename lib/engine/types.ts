// The vocabulary of the engine: what a provider's stream is turned into, and what a turn is made of.

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export interface ToolCall {
  id: string;
  name: string;
  /** JSON text exactly as the model wrote it; not parsed, perhaps cut. */
  arguments: string;
}

/** Token counts as the server reported them; `raw` is its own object, untouched. */
export interface Usage {
  promptTokens: number | null;
  completionTokens: number | null;
  totalTokens: number | null;
  raw: JsonObject;
}

/** One message of the request, in the spelling of the wire. */
export type RequestMessage =
  | TextMessage
  | { role: 'user'; content: string | ContentPart[] }
  | { role: 'assistant'; content: string | null; tool_calls: RequestToolCall[] }
  | { role: 'tool'; content: string; tool_call_id: string };

/** A message that is words alone. */
export type TextMessage =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string }
  | { role: 'assistant'; content: string };

/** A part of a user's message; the image as a data URL. */
export type ContentPart = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } };

/** A call that the model made, sent back to it; `arguments` is valid JSON text. */
export interface RequestToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

/** A tool as it is offered to the model; `parameters` is a JSON schema of type object. */
export interface ToolDefinition {
  name: string;
  description?: string;
  parameters: JsonObject;
  strict?: boolean;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

/** The form that the answer is to have. */
export type ResponseFormat =
  | { type: 'json_object' }
  | { type: 'json_schema'; name: string; schema: JsonObject; strict?: boolean };

/** What the engine emits. Adjacent text (and reasoning) of one network read is merged before it leaves. */
export type StreamEvent =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'refusal'; text: string }
  | { type: 'tool-call'; index: number; id?: string; name?: string; arguments?: string }
  | { type: 'usage'; usage: Usage }
  | { type: 'finish'; reason: string };

/** Everything one network read brought. */
export interface StreamBatch {
  events: StreamEvent[];
  /** Payload chunks (SSE data events that carried a JSON chunk) in this read. */
  chunks: number;
}

/** The four clocks, in milliseconds; 0 switches a clock off. */
export interface Timeouts {
  /** Until the response headers. */
  connect: number;
  /** From the headers to the first payload (text, reasoning, tool call). Comments are not payload. */
  firstToken: number;
  /** Between two payloads. Comments are not payload. */
  idle: number;
  /** From send to end. */
  total: number;
}

/** An assistant message, folded from events. Parts are kept in the order of the engine, text as one string. */
export interface Message {
  text: string;
  reasoning: string;
  refusal: string;
  toolCalls: ToolCall[];
  finishReason: string | null;
  usage: Usage | null;
}

/** What is needed to ask; the API key is not part of it, the worker adds it at the last moment. */
export interface ChatRequest {
  model: string;
  messages: RequestMessage[];
  temperature?: number | undefined;
  /** The longest answer, in tokens. */
  maxTokens?: number | undefined;
  /** How long to think; asked for by a person, so it is sent whatever is known of the model. */
  effort?: 'low' | 'medium' | 'high' | undefined;
  /** Think as little as the model can: for what needs no thought. */
  reasoning?: 'low';
  tools?: ToolDefinition[];
  toolChoice?: ToolChoice;
  responseFormat?: ResponseFormat;
}

/** A model as a server lists it. What the server does not say is absent, never guessed from the name (but for `kind`). */
export interface ModelInfo {
  id: string;
  name?: string;
  /** Tokens, question and answer together. */
  contextLength?: number;
  /** Tokens of one answer. */
  maxOutput?: number;
  capabilities?: ModelCapabilities;
  price?: ModelPrice;
  /** Absent where nothing says that it is not for chatting. */
  kind?: 'embedding' | 'other';
}

export interface ModelCapabilities {
  vision?: boolean;
  tools?: boolean;
  reasoning?: boolean;
}

/** US dollars for a million tokens. */
export interface ModelPrice {
  input?: number;
  output?: number;
}
