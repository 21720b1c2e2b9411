// The clients that others use, on the same bytes: each reads a whole stream and gives its text.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import OpenAI from 'openai';

type Read = (body: ReadableStream<Uint8Array>) => Promise<string>;

function respond(body: ReadableStream<Uint8Array>): typeof fetch {
  return async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

export const readByOpenAi: Read = async (body) => {
  const client = new OpenAI({ apiKey: 'bench', baseURL: 'https://bench.invalid/v1', fetch: respond(body) });
  const stream = await client.chat.completions.create({
    model: 'bench',
    stream: true,
    messages: [{ role: 'user', content: 'go' }],
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
};

export const readByAiSdk: Read = async (body) => {
  const provider = createOpenAICompatible({
    name: 'bench',
    baseURL: 'https://bench.invalid/v1',
    fetch: respond(body),
  });
  const { textStream } = streamText({ model: provider('bench'), prompt: 'go' });
  let text = '';
  for await (const delta of textStream) text += delta;
  return text;
};
