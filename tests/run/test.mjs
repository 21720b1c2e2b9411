// npm test: installs what is missing and runs everything. The last line is the sum.
import { prepare } from './prepare.mjs';
import { addCounts, countStep, printReport } from './report.mjs';
import { buildSteps, runPlaywright, runStep, runVitest, staticSteps } from './steps.mjs';

// The lane without a debugger mostly waits, so it shares the machine with the headless suites; real mouse and keyboard get it for themselves.
const browserRuns = [
  { projects: ['built', 'chromium', 'life'], limitSeconds: 780 },
  { projects: ['gestures', 'firefox'], limitSeconds: 300 },
];

const counts = [];
try {
  const { env } = await prepare('test');
  for (const step of [...staticSteps, ...buildSteps]) counts.push(await runStep(step, env));
  counts.push(await runVitest(env));
  for (const { projects, limitSeconds } of browserRuns)
    counts.push(await runPlaywright(projects, limitSeconds, env));
} catch (error) {
  console.error(error.message);
  counts.push(countStep('preparation', { ok: false, why: String(error.message).split('\n')[0] }));
}
process.exitCode = printReport(addCounts(counts));
