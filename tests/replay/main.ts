// `npm run replay`: raw response bodies through the engine that the product uses, one JSON line a file.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { replay } from './replay.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    status: { type: 'string', default: '200' },
    'content-type': { type: 'string', default: 'text/event-stream' },
    split: { type: 'string', default: '0' },
  },
});

const status = Number(values.status);
const split = Number(values.split);
if (positionals.length === 0 || !Number.isInteger(status) || status < 200 || status > 599 || !(split >= 0)) {
  console.error('usage: npm run replay -- [--status N] [--content-type T] [--split N] FILE…');
  process.exit(2);
}

for (const file of positionals) {
  const bytes = await readFile(file);
  const outcome = await replay(bytes, { status, contentType: values['content-type'], split });
  console.log(JSON.stringify({ file, ...outcome }));
}
