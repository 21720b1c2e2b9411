// npm run check: everything that needs neither a build nor a browser.
import { prepare } from './prepare.mjs';
import { addCounts, printReport } from './report.mjs';
import { runStep, runVitest, staticSteps } from './steps.mjs';

try {
  const { env } = await prepare('check');
  const counts = await Promise.all(staticSteps.map((step) => runStep(step, env)));
  // A tenth of what `npm test` samples: this runs after every change.
  counts.push(await runVitest({ FUZZ: '60', FUZZ_RUNS: '60', STREAMS: 'few', ...env }));
  process.exitCode = printReport(addCounts(counts));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
