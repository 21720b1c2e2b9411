// npm run provider -- [--port P] [--host H] [--rate N] [--cors]: the demo provider alone, until it is interrupted.
import { parseArgs } from 'node:util';
import { startProvider } from './server.ts';

const usage = 'usage: npm run provider -- [--port P] [--host H] [--rate TOKENS_PER_SECOND] [--cors]';

function expectNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`--${name} must be a number from 0 on`);
  return value;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      rate: { type: 'string', default: '60' },
      cors: { type: 'boolean', default: false },
    },
  });
  const provider = await startProvider({
    port: expectNumber('port', values.port),
    host: values.host,
    rate: expectNumber('rate', values.rate),
    cors: values.cors,
  });
  console.log(
    `runnel-demo (scripted): base URL ${provider.url} (any key), demo page ${provider.origin}/demo`,
  );
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => void provider.close());
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 1;
});
