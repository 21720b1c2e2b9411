// npm test: installs what is missing and runs everything. The last line is the sum.
import { prepare } from './prepare.mjs';
import { addCounts, countStep, printReport } from './report.mjs';
import { buildSteps, printFaults, runPlaywright, runStep, runVitest, staticSteps } from './steps.mjs';

// One after the other, those of a line at once: the lane without a debugger only waits, so it shares the machine with the headless
// suites; real mouse and keyboard get it almost for themselves.
const browserRuns = [
  [
    { projects: ['built', 'chromium'], limitSeconds: 720 },
    { projects: ['life'], limitSeconds: 720 },
  ],
  [{ projects: ['faults'], limitSeconds: 600 }],
  [{ projects: ['kill'], limitSeconds: 300 }],
  [{ projects: ['gestures', 'firefox'], limitSeconds: 300 }],
];

const counts = [];
try {
  const { env } = await prepare('test');
  for (const step of [...staticSteps, ...buildSteps]) counts.push(await runStep(step, env));
  counts.push(await runVitest(env));
  for (const together of browserRuns) {
    const run = ({ projects, limitSeconds }) => runPlaywright(projects, limitSeconds, env);
    counts.push(...(await Promise.all(together.map(run))));
  }
} catch (error) {
  console.error(error.message);
  counts.push(countStep('preparation', { ok: false, why: String(error.message).split('\n')[0] }));
}
printFaults();
process.exitCode = printReport(addCounts(counts));
