import { describe, expect, it } from 'vitest';
import { realClock } from '../../lib/engine/timeouts.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import { listModels } from '../../lib/jobs/list-models.ts';
import { testConnection } from '../../lib/jobs/test-connection.ts';
import type { Check } from '../../lib/protocol/contract.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

const BASE = {
  baseUrl: 'https://api.test/v1',
  key: 'k' as string | undefined,
  dialect: openAiDialect,
  signal: new AbortController().signal,
};
const models = (...ids: string[]) => Response.json({ object: 'list', data: ids.map((id) => ({ id })) });
const stream = (_asked = 1) => new Response(delta('OK') + FINISH + DONE);

describe('models', () => {
  const list = (body: unknown) => listModels({ ...BASE, fetch: async () => Response.json(body) });
  it.each([
    ["OpenAI's list", { data: [{ id: 'a', object: 'model' }] }, [{ id: 'a' }]],
    ['a bare array', [{ id: 'a' }], [{ id: 'a' }]],
    [
      'capabilities and names',
      {
        data: [
          { id: 'a', display_name: 'A', capabilities: { max_context_length: 8 } },
          { id: 'e', type: 'embedding' },
        ],
      },
      [{ id: 'a', name: 'A', contextLength: 8 }],
    ],
    ['rows that are none', { data: [null, 7, {}, { id: '' }, { id: 'a' }] }, [{ id: 'a' }]],
  ])('%s', async (_, body, expected) => expect(await list(body)).toEqual(expected));

  it.each([
    ['<html>portal</html>', 'not-an-api'],
    ['{"hello":1}', 'not-an-api'],
    ['nothing', 'not-an-api'],
  ])('%s is %s', async (body, code) => {
    await expect(listModels({ ...BASE, fetch: async () => new Response(body) })).rejects.toMatchObject({
      code,
    });
  });
});

async function check(
  fetch: Fetch,
  more: { model?: string; granted?: boolean; key?: string } = {},
): Promise<Check[]> {
  const checks: Check[] = [];
  await testConnection(
    {
      ...BASE,
      key: 'key' in more ? more.key : BASE.key,
      fetch,
      needsKey: true,
      model: more.model ?? 'm',
      clock: realClock,
      hasPermission: async () => more.granted ?? true,
    },
    (line) => checks.push(line),
  );
  return checks;
}

const outcomes = (checks: Check[]) => Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));

describe('the connection test', () => {
  it('says what worked', async () => {
    const checks = await check(async (url) => (url.endsWith('/models') ? models('m', 'n') : stream()));
    expect(outcomes(checks)).toEqual({
      address: 'ok',
      permission: 'ok',
      reachable: 'ok',
      key: 'ok',
      model: 'ok',
      stream: 'ok',
      pieces: 'ok',
      usage: 'missing',
      tools: 'missing',
      json: 'missing',
    });
    expect(checks.find(({ name }) => name === 'reachable')?.detail).toEqual({ models: 2 });
  });
  it('asks nothing without the permission', async () => {
    let asked = 0;
    const checks = await check(async () => stream(++asked), { granted: false });
    expect(outcomes(checks)).toMatchObject({ permission: 'failed', reachable: 'skipped', stream: 'skipped' });
    expect(asked).toBe(0);
  });
  it('stops at a server that cannot be reached', async () => {
    const checks = await check(async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(outcomes(checks)).toMatchObject({
      reachable: 'failed',
      key: 'skipped',
      model: 'skipped',
      stream: 'skipped',
    });
    expect(checks.find(({ name }) => name === 'reachable')?.trouble?.code).toBe('network');
  });
  it('tells a bad key from a bad model', async () => {
    const badKey = await check(async () => Response.json({ error: { message: 'no' } }, { status: 401 }));
    expect(outcomes(badKey)).toMatchObject({ reachable: 'ok', key: 'failed', stream: 'failed' });
    const badModel = await check(async (url) =>
      url.endsWith('/models')
        ? models('n')
        : Response.json(
            { error: { message: 'The model m does not exist', code: 'model_not_found' } },
            { status: 404 },
          ),
    );
    expect(outcomes(badModel)).toMatchObject({ key: 'skipped', model: 'failed', stream: 'failed' });
  });
  it('lives with a server that has no list of models', async () => {
    const checks = await check(async (url) =>
      url.endsWith('/models') ? new Response('', { status: 404 }) : stream(),
    );
    expect(outcomes(checks)).toMatchObject({ reachable: 'ok', key: 'ok', model: 'ok', stream: 'ok' });
  });
  it('says when no model is chosen', async () => {
    const checks = await check(async () => models('m'), { model: '' });
    expect(outcomes(checks)).toMatchObject({ key: 'ok', model: 'failed', stream: 'skipped' });
  });
});

describe('what is good to know', () => {
  /** Answers `/models` with m, and chats with what `reply` makes of the request's body. */
  const server =
    (reply: (body: { tools?: unknown; response_format?: unknown }) => Response): Fetch =>
    async (url, init) =>
      url.endsWith('/models') ? models('m') : reply(JSON.parse(String(init?.body)));
  const numbers = Array.from({ length: 20 }, (_, index) => delta(`${index + 1} `));
  const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 40, total_tokens: 49 } })}\n\n`;
  const slowly = (parts: string[], waitMs: number, firstMs = 0) => {
    const encoder = new TextEncoder();
    const left = [...parts];
    let isFirst = true;
    return new Response(
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, isFirst ? firstMs : waitMs));
          isFirst = false;
          const part = left.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(encoder.encode(part));
        },
      }),
    );
  };

  it('a reply that comes bit by bit, and its usage', async () => {
    const checks = await check(server(() => slowly([...numbers, FINISH, usage, DONE], 5)));
    expect(outcomes(checks)).toMatchObject({ stream: 'ok', pieces: 'ok', usage: 'ok' });
    expect(checks.find(({ name }) => name === 'usage')?.detail).toEqual({ tokens: 49 });
  });

  it('a reply that somebody collected first', async () => {
    const checks = await check(server(() => slowly([[...numbers, FINISH, DONE].join('')], 0, 500)));
    expect(outcomes(checks)).toMatchObject({ stream: 'ok', pieces: 'failed', usage: 'missing' });
  });

  it('a reply that breaks off', async () => {
    const checks = await check(server(() => slowly(numbers.slice(0, 3), 5)));
    const pieces = checks.find(({ name }) => name === 'pieces');
    expect(pieces).toMatchObject({ outcome: 'failed', trouble: { code: 'interrupted' } });
    expect(outcomes(checks)).toMatchObject({ stream: 'ok', usage: 'skipped' });
  });

  it('tools that are called, and JSON that is kept to', async () => {
    const call = JSON.stringify({
      choices: [
        {
          delta: {
            tool_calls: [
              { index: 0, id: 'c', function: { name: 'report_status', arguments: '{"status":"ok"}' } },
            ],
          },
        },
      ],
    });
    const checks = await check(
      server(({ tools, response_format }) => {
        if (tools) return new Response(`data: ${call}\n\n${FINISH}${DONE}`);
        return new Response((response_format ? delta('{"ok": true}') : delta('1 2')) + FINISH + DONE);
      }),
    );
    expect(outcomes(checks)).toMatchObject({ tools: 'ok', json: 'ok' });
  });

  it('a server that refuses tools and schemas, and works all the same', async () => {
    const refused = () => Response.json({ error: { message: 'Unknown field: tools' } }, { status: 400 });
    const checks = await check(
      server(({ tools, response_format }) => (tools || response_format ? refused() : stream())),
    );
    expect(outcomes(checks)).toMatchObject({ stream: 'ok', tools: 'missing', json: 'missing' });
  });

  it('finds the API where the base URL stops short of it, with the key for nobody else', async () => {
    const asked: string[] = [];
    const checks: Check[] = [];
    await testConnection(
      {
        ...BASE,
        baseUrl: 'https://api.test',
        fetch: async (url) => {
          asked.push(url);
          return url === 'https://api.test/v1/models' ? models('m') : new Response('<html>Hello</html>');
        },
        needsKey: true,
        model: 'm',
        clock: realClock,
        hasPermission: async () => true,
      },
      (line) => checks.push(line),
    );
    expect(checks.find(({ name }) => name === 'reachable')).toMatchObject({
      outcome: 'failed',
      better: 'https://api.test/v1',
    });
    expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set(['https://api.test']));
  });
});
