// The steps that `npm run check` and `npm test` share.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { artifacts, root } from './prepare.mjs';
import { countRunner, countStep, readPlaywright, readVitest } from './report.mjs';

/** @typedef {import('./report.mjs').Count} Count */

export const staticSteps = [
  { name: 'types', command: ['tsc', '--noEmit'], limitSeconds: 120 },
  { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings', '.'], limitSeconds: 60 },
  { name: 'dead code', command: ['knip', '--no-progress'], limitSeconds: 120 },
];

export const buildSteps = [
  { name: 'build for Chromium', command: ['wxt', 'build'], limitSeconds: 180 },
  { name: 'build for Firefox', command: ['wxt', 'build', '-b', 'firefox', '--mv3'], limitSeconds: 180 },
];

const seconds = (result) => `${result.seconds.toFixed(1)} s`;

/** Runs a tool; its output is shown only where it fails. @returns {Promise<Count>} */
export async function runStep({ name, command, limitSeconds }, env) {
  const result = await runChild(command, { cwd: root, env, quiet: true, limitSeconds });
  if (!result.ok) console.log(result.output);
  console.log(`${result.ok ? 'ok  ' : 'FAIL'}  ${name} (${seconds(result)})`);
  return countStep(name, result);
}

/** The tests in Node and jsdom. @returns {Promise<Count>} */
export async function runVitest(env) {
  const file = join(artifacts, 'vitest.json');
  rmSync(file, { force: true });
  const result = await runChild(
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { cwd: root, env, limitSeconds: 240 },
  );
  console.log(`${result.ok ? 'ok  ' : 'FAIL'}  unit, dom, architecture (${seconds(result)})`);
  return countRunner('vitest', result, file, readVitest);
}

const faultReport = join(artifacts, 'faults', 'report.txt');

/** What the table of faults found in this run, once more: its own lines are far up by the time everything has run. */
export function printFaults() {
  if (existsSync(faultReport)) console.log(`\n${readFileSync(faultReport, 'utf8').trimEnd()}`);
}

/** Browser tests of the named Playwright projects. @returns {Promise<Count>} */
export async function runPlaywright(projects, limitSeconds, env) {
  const name = projects.join(', ');
  const file = join(artifacts, `playwright-${projects.join('-')}.json`);
  rmSync(file, { force: true });
  if (projects.includes('faults')) rmSync(faultReport, { force: true });
  const result = await runChild(
    ['playwright', 'test', ...projects.map((project) => `--project=${project}`)],
    {
      cwd: root,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      limitSeconds,
    },
  );
  console.log(`${result.ok ? 'ok  ' : 'FAIL'}  browsers: ${name} (${seconds(result)})`);
  return countRunner(`playwright ${name}`, result, file, readPlaywright);
}
