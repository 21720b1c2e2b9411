// npm start: installs what is missing, builds, and shows the extension at work on the demo provider: in a window where there is a display, else headless.
import { runChild } from './child.mjs';
import { prepare, root } from './prepare.mjs';
import { buildSteps, runStep } from './steps.mjs';

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function start() {
  const { node, env } = await prepare('start');
  const build = await runStep(buildSteps[0], env);
  if (build.failed > 0) return 1;
  // A window stays for as long as one likes to look at it.
  const [script, limitSeconds] = hasDisplay() ? ['window.ts', 86_400] : ['tour.ts', 180];
  const result = await runChild([node, '--disable-warning=ExperimentalWarning', `tests/run/${script}`], {
    cwd: root,
    env,
    limitSeconds,
  });
  // 130 is Ctrl+C.
  if (!result.ok && result.why !== 'exit code 130') console.error(`npm start failed: ${result.why}`);
  return result.ok ? 0 : 1;
}

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
