// npm test: installs what is missing and runs everything. The last line is the sum.
import { prepare } from './prepare.mjs';
import { addCounts, countStep, printReport } from './report.mjs';
import { buildSteps, printFaults, runPlaywright, runStep, runVitest, staticSteps } from './steps.mjs';

// Real mouse and keyboard get the machine for themselves. Then lanes side by side: what has no debugger only waits, for eight minutes,
// so the headless suites run one after the other meanwhile.
const browserRuns = [
  [[{ projects: ['gestures', 'firefox'], limitSeconds: 300 }]],
  [
    [
      { projects: ['built', 'chromium'], limitSeconds: 900 },
      { projects: ['faults'], limitSeconds: 720 },
      { projects: ['kill'], limitSeconds: 300 },
    ],
    [{ projects: ['life'], limitSeconds: 900 }],
  ],
];

const counts = [];
try {
  const { env } = await prepare('test');
  for (const step of [...staticSteps, ...buildSteps]) counts.push(await runStep(step, env));
  counts.push(await runVitest(env));
  for (const together of browserRuns) {
    const runLane = async (lane) => {
      for (const { projects, limitSeconds } of lane)
        counts.push(await runPlaywright(projects, limitSeconds, env));
    };
    await Promise.all(together.map(runLane));
  }
} catch (error) {
  console.error(error.message);
  counts.push(countStep('preparation', { ok: false, why: String(error.message).split('\n')[0] }));
}
printFaults();
process.exitCode = printReport(addCounts(counts));
