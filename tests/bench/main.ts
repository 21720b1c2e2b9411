// `npm run bench [-- engine|relay|render|history|e2e|size]`: figures by ratio inside one run, never by a wall clock alone. Measures what is built.
import { mkdirSync, writeFileSync } from 'node:fs';
import { runE2eBench } from './e2e.ts';
import { runEngineBench } from './engine.ts';
import { runHistoryBench } from './history.ts';
import { runRelayBench } from './relay.ts';
import { runRenderBench } from './render.ts';
import { printTable, type Row } from './report.ts';
import { runSizeBench } from './size.ts';

const BENCHES: Record<string, () => Promise<Row[]>> = {
  size: runSizeBench,
  engine: runEngineBench,
  relay: runRelayBench,
  render: runRenderBench,
  history: runHistoryBench,
  e2e: runE2eBench,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`usage: npm run bench [-- ${Object.keys(BENCHES).join('|')}]`);
  process.exit(2);
}

const folder = new URL('../../.artifacts/bench/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const name of chosen.length > 0 ? chosen : Object.keys(BENCHES)) {
  const rows = (await BENCHES[name]?.()) ?? [];
  printTable(name, rows);
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(rows, null, 2)}\n`);
}
