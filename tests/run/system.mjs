// What the machine must have beside Node: browsers, a display server to test real gestures on, and fonts.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runChild } from './child.mjs';

const DISPLAY_TOOLS = [
  { commands: ['Xvfb'], apt: 'xvfb' },
  { commands: ['openbox'], apt: 'openbox' },
  { commands: ['xdotool'], apt: 'xdotool' },
  { commands: ['import'], apt: 'imagemagick' },
];
const CHROMIUM = { commands: ['chromium', 'chromium-browser'], variable: 'CHROMIUM', apt: 'chromium' };
const FIREFOX = { commands: ['firefox-esr', 'firefox'], variable: 'FIREFOX', apt: 'firefox-esr' };
// One language stands for each family of scripts that the demo page is translated into.
const FONTS = [
  { language: 'ar', apt: 'fonts-noto-core' },
  { language: 'ja', apt: 'fonts-noto-cjk' },
];

/** Path of the first of `commands` on the PATH. */
function findCommand(commands) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const command of commands) {
      const path = join(folder, command);
      if (folder !== '' && existsSync(path)) return path;
    }
  }
  return undefined;
}

function findTool({ commands, variable }) {
  const given = variable && process.env[variable];
  return given ? (existsSync(given) ? given : undefined) : findCommand(commands);
}

function hasFontFor(language) {
  if (process.platform !== 'linux') return true;
  try {
    return execFileSync('fc-list', [`:lang=${language}`], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
}

function missingPackages(tools) {
  const packages = tools.filter((tool) => !findTool(tool)).map((tool) => tool.apt);
  const fonts = FONTS.filter((font) => !hasFontFor(font.language)).map((font) => font.apt);
  if (fonts.length > 0 && !findCommand(['fc-list'])) fonts.push('fontconfig');
  return { packages, fonts };
}

async function aptInstall(packages) {
  console.log(`Installing ${packages.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, quiet: true, limitSeconds: 900 };
  const update = await runChild(['apt-get', 'update', '-q'], options);
  const install = await runChild(
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages],
    options,
  );
  if (!install.ok)
    throw new Error(
      `apt-get install failed (${install.why}):\n${update.output}${install.output}`.slice(-3000),
    );
}

/**
 * Makes sure that the browsers are there, and installs them where root and apt-get are.
 * @param {'start' | 'test'} purpose start needs Chromium only
 * @returns {Promise<NodeJS.ProcessEnv>} CHROMIUM and, for tests, FIREFOX
 * @throws Error that says what to install
 */
export async function expectSystem(purpose) {
  const tools = purpose === 'start' ? [CHROMIUM] : [CHROMIUM, FIREFOX, ...DISPLAY_TOOLS];
  const before = missingPackages(tools);
  const wanted = [...before.packages, ...before.fonts];
  const canInstall = process.getuid?.() === 0 && findCommand(['apt-get']) !== undefined;
  if (wanted.length > 0 && canInstall) await aptInstall(wanted);
  const { packages, fonts } = missingPackages(tools);
  if (packages.length > 0) throw new Error(adviceFor(packages));
  if (fonts.length > 0)
    console.log(`No font for Arabic or Japanese was found; on Debian: ${fonts.join(' ')}.`);
  return {
    CHROMIUM: findTool(CHROMIUM),
    ...(purpose === 'test' ? { FIREFOX: findTool(FIREFOX) } : {}),
  };
}

function adviceFor(packages) {
  return [
    `Missing: ${packages.join(', ')}.`,
    `On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`,
    'Elsewhere install Chromium (and for the tests Firefox ESR, Xvfb, openbox, xdotool, ImageMagick), and set',
    'CHROMIUM and FIREFOX to the paths of the browsers where they are not on the PATH. Branded Chrome does not load',
    'unpacked extensions from the command line; `npx playwright install chromium` gives a Chromium that does.',
  ].join('\n');
}
