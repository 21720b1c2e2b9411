// The counting of `npm test`: a failure of any kind must reach the last line.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const module = new URL('../run/report.mjs', import.meta.url).href;
const children = new URL('../run/child.mjs', import.meta.url).href;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a body with the modules in Node, as `npm test` does, and returns what it gives to `answer`. */
function inNode(body: string): unknown {
  const script = `import * as report from ${JSON.stringify(module)}; import { runChild } from ${JSON.stringify(children)};
    const answer = (value) => console.log(JSON.stringify(value)); ${body}`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  return JSON.parse(output);
}

function countOf(
  report: object | string | undefined,
  reader: 'readVitest' | 'readPlaywright',
  why = '',
): unknown {
  const file = join(folder, 'report.json');
  if (report !== undefined) writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report));
  const result = JSON.stringify({ ok: why === '', why });
  return inNode(`answer(report.countRunner('runner', ${result}, ${JSON.stringify(file)}, report.${reader}))`);
}

const vitestReport = (...statuses: string[]) => ({
  testResults: [
    {
      name: 'a.test.ts',
      status: 'passed',
      assertionResults: statuses.map((status) => ({ status, fullName: status })),
    },
  ],
});
const playwrightReport = (...statuses: string[]) => ({
  suites: [
    {
      title: 'a.spec.ts',
      specs: [],
      suites: [
        {
          title: 'group',
          specs: statuses.map((status) => ({ title: status, tests: [{ projectName: 'chromium', status }] })),
        },
      ],
    },
  ],
});

describe('counting', () => {
  it('reads vitest', () => {
    const count = countOf(vitestReport('passed', 'failed', 'skipped', 'todo', 'passed'), 'readVitest');
    expect(count).toMatchObject({ passed: 2, failed: 1, skipped: 2, failures: ['vitest: failed'] });
  });

  it('counts a test file that could not be loaded', () => {
    const broken = {
      testResults: [{ name: 'b.test.ts', status: 'failed', message: 'syntax', assertionResults: [] }],
    };
    expect(countOf(broken, 'readVitest')).toMatchObject({ passed: 0, failed: 1 });
  });

  it('reads Playwright, where a second try is a pass with a note', () => {
    const count = countOf(playwrightReport('expected', 'unexpected', 'flaky', 'skipped'), 'readPlaywright');
    expect(count).toMatchObject({ passed: 2, failed: 1, skipped: 1 });
    expect(count).toMatchObject({ failures: ['chromium: a.spec.ts › group › unexpected'] });
    expect(count).toMatchObject({ notes: ['passed on a second try: chromium: a.spec.ts › group › flaky'] });
  });

  it.each([
    ['no report', undefined, ''],
    ['an unreadable report', '{', ''],
    ['an empty report', { suites: [] }, ''],
    ['a crash after green tests', playwrightReport('expected'), 'exit code 1'],
    ['a time limit', undefined, 'over its time limit of 5 s'],
  ])('counts %s as a failure', (_, report, why) => {
    expect(countOf(report, 'readPlaywright', why)).toMatchObject({ failed: 1 });
  });
});

describe('children', () => {
  it('tells the exit code and the output', () => {
    const seen = inNode(
      `answer(await runChild([process.execPath, '-e', 'console.log(7); process.exit(3)'], { limitSeconds: 20, quiet: true }))`,
    );
    expect(seen).toMatchObject({ ok: false, why: 'exit code 3', output: '7\n' });
  });

  it('ends a child with all that it started when its time is over', () => {
    const endless = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'inherit' }); setInterval(() => {}, 1e6)`;
    const seen = inNode(
      `answer(await runChild([process.execPath, '-e', ${JSON.stringify(endless)}], { limitSeconds: 1, quiet: true }))`,
    );
    expect(seen).toMatchObject({ ok: false, why: 'over its time limit of 1 s' });
  });

  it('tells of a program that does not exist', () => {
    const seen = inNode(`answer(await runChild(['no-such-program-here'], { limitSeconds: 5, quiet: true }))`);
    expect(seen).toMatchObject({ ok: false });
  });
});
