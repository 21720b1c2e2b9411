// What servers answer that is no answer.
import { expect } from '@playwright/test';
import { CANARY, chatRequests } from '../e2e/harness/fixtures.ts';
import { readFigures } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import type { Plan } from '../provider/plan.ts';
import { row } from './harness/row.ts';
import { drops } from './harness/text.ts';

const error = (message: string, code: string | null = null, type = 'invalid_request_error') => ({
  error: { message, type, param: null, code },
});

interface Refusal {
  id: string;
  title: string;
  plan: Plan;
  code: string;
  action: string | null;
  /** What the card says. */
  words: RegExp;
}

// One request each, with retries allowed: none of these may be repeated.
const refusals: readonly Refusal[] = [
  {
    id: 'S2',
    title: 'an empty 403, as Ollama sends it to an origin it does not know',
    plan: { status: 403, body: '', contentType: 'text/plain' },
    code: 'origin-refused',
    action: 'Retry',
    words: /OLLAMA_ORIGINS/,
  },
  {
    id: 'S2',
    title: 'a 403 that names the origin',
    plan: { status: 403, body: error('CORS: origin not allowed') },
    code: 'origin-refused',
    action: 'Retry',
    words: /browser extensions/,
  },
  {
    id: 'S3',
    title: '404: the model does not exist',
    plan: { status: 404, body: error('The model `x` does not exist', 'model_not_found') },
    code: 'model-not-found',
    action: 'Choose model',
    words: /does not offer it/,
  },
  {
    id: 'S3',
    title: '404: the path does not exist',
    plan: { status: 404, body: '404 page not found', contentType: 'text/plain' },
    code: 'not-found',
    action: 'Check base URL',
    words: /Nothing was found at this address/,
  },
  {
    id: 'S7',
    title: '429 insufficient_quota is not waited out',
    plan: {
      status: 429,
      body: error('You exceeded your current quota', 'insufficient_quota', 'insufficient_quota'),
    },
    code: 'quota',
    action: 'Retry',
    words: /billing/,
  },
  {
    id: 'Sx1',
    title: '401',
    plan: { status: 401, body: error('Incorrect API key provided', 'invalid_api_key') },
    code: 'unauthorised',
    action: 'Check key',
    words: /refused the key/,
  },
  {
    id: 'Sx2',
    title: '429 that asks to wait an hour is not waited out, and says how long',
    plan: { status: 429, headers: { 'retry-after': '3600' } },
    code: 'rate-limited',
    action: 'Retry',
    words: /60 min/,
  },
  {
    id: 'Sx3',
    title: '400: the prompt is too long',
    plan: {
      status: 400,
      body: error("This model's maximum context length is 8192 tokens", 'context_length_exceeded'),
    },
    code: 'too-long',
    action: 'Start a new chat',
    words: /too long for the model/,
  },
  {
    id: 'S11',
    title: 'a portal page instead of an API',
    plan: { html: true },
    code: 'not-an-api',
    action: 'Check base URL',
    words: /Sign in to the network/,
  },
  {
    id: 'S13',
    title: 'the first event is an error',
    plan: {
      rawSse: `data: ${JSON.stringify(error('The server is overloaded', 'overloaded', 'overloaded_error'))}\n\n`,
    },
    code: 'overloaded',
    action: 'Retry',
    words: /overloaded/,
  },
  {
    id: 'Sx4',
    title: 'an error as JSON under status 200',
    plan: { body: error('Invalid API key provided', 'invalid_api_key') },
    code: 'unauthorised',
    action: 'Check key',
    words: /refused the key/,
  },
];

for (const { id, title, plan, code, action, words } of refusals) {
  row({ id, title }, async (lab) => {
    // Where a repeat would help it comes from the plan of the row; here the first answer is the last.
    await lab.configure({ retries: code === 'overloaded' ? 0 : 3 });
    lab.provider.plan(plan);
    await lab.ask('Will this work?');
    await lab.ends('failed');
    const card = lab.reply().locator('.trouble');
    await card.getByText('Details').click();
    expect(await card.textContent()).toMatch(words);
    expect(await lab.view.locator('[role=log] :is(img, iframe, form, script, style)').count()).toBe(0);
    return { state: 'failed', trouble: { code, action }, requests: 1, shown: { text: '' } };
  });
}

row({ id: 'S4', title: '429 with Retry-After: 2 is waited out, and the wait is on screen' }, async (lab) => {
  await lab.configure({ retries: 3 });
  lab.provider.plan([{ status: 429, headers: { 'retry-after': '2' } }, { text: drops(10) }]);
  await lab.ask('Hello');
  await expect(lab.reply().getByText(/trying again in [12] s/)).toBeVisible();
  await lab.ends('done');
  const [first, second] = chatRequests(lab.provider);
  expect(Number(second?.startedAt) - Number(first?.startedAt)).toBeGreaterThanOrEqual(2000);
  return { state: 'done', trouble: null, requests: 2, repeats: 1 };
});

row({ id: 'S8', title: '500, 500, then an answer: each wait is on screen' }, async (lab) => {
  await lab.configure({ retries: 3 });
  lab.provider.plan([{ status: 500 }, { status: 500 }, { text: drops(10) }]);
  await lab.ask('Hello');
  const figures = lab.reply().locator('[data-part=stats]');
  for (const count of ['1', '2']) {
    await expect(figures).toHaveAttribute('data-retries', count);
    await expect(lab.reply().getByText(/trying again in \d s/)).toBeVisible();
  }
  await lab.ends('done');
  expect((await readFigures(lab.reply())).retries).toBe(2);
  return { state: 'done', trouble: null, requests: 3, repeats: 2 };
});

row({ id: 'S12', title: 'one JSON object although a stream was asked for' }, async (lab) => {
  lab.provider.plan({ text: drops(20), jsonDespiteStream: true });
  await lab.ask('Hello');
  await lab.ends('done');
  return { state: 'done', trouble: null, requests: 1 };
});

row({ id: 'S13', title: 'an error in the middle of the stream: what came is kept' }, async (lab) => {
  const payload = error('The server had an error', null, 'server_error');
  lab.provider.plan({ text: drops(20), errorAfter: { chunks: 25, payload } });
  await lab.ask('Hello');
  await lab.ends('partial');
  return { state: 'partial', trouble: { code: 'server', action: 'Retry' }, requests: 1 };
});

row(
  {
    id: 'S20',
    title: 'a stream without an end is cut at the limit, and the server sees it',
    limitMs: 150_000,
  },
  async (lab) => {
    // As much text as a million usual tokens in fewer events: the limits are on text and bytes.
    const line = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: `${'and on '.repeat(60)}\n\n` } }] })}\n\n`;
    lab.provider.plan({ rawSse: line.repeat(160_000) });
    await lab.ask('Never stop');
    const entry = await lab.request();
    await lab.ends('partial', 90_000);
    await until('the server sees the close', () => entry.closedAt);
    expect(entry.aborted).toBe(true);
    return {
      state: 'partial',
      trouble: { code: 'too-large', action: null },
      requests: 1,
      shown: { beginningOf: 'and on '.repeat(3_000_000) },
    };
  },
);

for (const encoding of ['gzip', 'br'] as const) {
  row({ id: 'S22', title: `a stream encoded as ${encoding} arrives as it is written` }, async (lab) => {
    lab.provider.plan({ text: drops(40), encoding, rate: 100 });
    await lab.ask('Hello');
    await lab.ends('streaming');
    await lab.ends('done');
    return { state: 'done', trouble: null, requests: 1 };
  });
}

row(
  { id: 'S22', title: 'a gzip bomb is cut at the limit, and the server sees it', limitMs: 90_000 },
  async (lab) => {
    lab.provider.plan({ bombMiB: 2000, encoding: 'gzip' });
    await lab.ask('Hello');
    const entry = await lab.request();
    await lab.ends('failed', 40_000);
    await until('the server sees the close', () => entry.closedAt);
    expect(entry.aborted).toBe(true);
    expect(entry.bytesSent).toBeLessThan(1000 * 1024 * 1024);
    return { state: 'failed', trouble: { code: 'too-large', action: null }, requests: 1 };
  },
);

row({ id: 'S23', title: 'ended at the length limit: marked, and Continue goes on' }, async (lab) => {
  const text = drops(20);
  lab.provider.plan([{ text: text.slice(0, 150), finishReason: 'length' }, { text: text.slice(150) }]);
  await lab.ask('Count the drops');
  await lab.ends('done');
  await expect(lab.reply()).toContainText('Ended at the length limit.');
  await lab.view.getByRole('button', { name: 'Continue' }).click();
  await expect(lab.reply().locator('[data-part=seam]')).toHaveCount(1);
  await lab.ends('done');
  await expect(lab.reply().locator('[data-part=seam]')).toHaveCount(1);
  return { state: 'done', trouble: null, requests: 2 };
});

row({ id: 'S23', title: 'ended by the content filter: the reason is there' }, async (lab) => {
  lab.provider.plan({ text: drops(3), finishReason: 'content_filter' });
  await lab.ask('Hello');
  await lab.ends(/done|partial/);
  await expect(lab.reply()).toContainText(/content filter/);
  return { state: 'done', trouble: null, requests: 1 };
});

row({ id: 'Sx5', title: 'an empty answer under status 200' }, async (lab) => {
  lab.provider.plan({ rawSse: 'data: [DONE]\n\n' });
  await lab.ask('Hello');
  await lab.ends('failed');
  return { state: 'failed', trouble: { code: 'bad-data', action: 'Retry' }, requests: 1 };
});

row({ id: 'Sx6', title: 'a redirect is not followed' }, async (lab) => {
  const elsewhere = await lab.startOther();
  // The browser lists where a redirect leads among its requests; the other server knows that nothing came.
  lab.configured.add(elsewhere.origin);
  lab.provider.plan({ redirectTo: `${elsewhere.url}/chat/completions` });
  await lab.ask('Hello');
  await lab.ends('failed');
  expect(elsewhere.journal).toEqual([]);
  return { state: 'failed', trouble: { code: 'redirect', action: 'Edit base URL' }, requests: 1 };
});

row({ id: 'Sx7', title: 'the refusal echoes the key' }, async (lab) => {
  lab.provider.plan({ status: 401, body: error(`Incorrect API key provided: ${CANARY}.`) });
  await lab.ask('Hello');
  await lab.ends('failed');
  await lab.reply().getByText('Details').click();
  await expect(lab.reply()).toContainText('Incorrect API key provided');
  return { state: 'failed', trouble: { code: 'unauthorised', action: 'Check key' }, requests: 1 };
});
