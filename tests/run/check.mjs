// npm run check: everything that needs neither a build nor a browser.
import { prepare } from './prepare.mjs';
import { addCounts, printReport } from './report.mjs';
import { runStep, runVitest, staticSteps } from './steps.mjs';

try {
  const { env } = await prepare('check');
  const counts = await Promise.all(staticSteps.map((step) => runStep(step, env)));
  counts.push(await runVitest(env));
  process.exitCode = printReport(addCounts(counts));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
