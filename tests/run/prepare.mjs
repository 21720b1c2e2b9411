// From a fresh checkout to a place where things run: dependencies, the right Node, browsers. Runs on plain Node 20 without node_modules.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.mjs';
import { expectSystem } from './system.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const artifacts = join(root, '.artifacts');
const bin = join(root, 'node_modules', '.bin');

function needsInstall() {
  const stamp = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  return !existsSync(stamp) || statSync(lock).mtimeMs > statSync(stamp).mtimeMs;
}

async function installDependencies() {
  console.log('Installing dependencies …');
  // When npm runs this script it names itself; a second npm on the PATH might be another one.
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const result = await runChild([...npm, 'ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    limitSeconds: 600,
  });
  if (!result.ok) throw new Error(`npm ci failed: ${result.why}`);
}

/** The Node that children run on: the pinned one of node_modules where there is one for this platform. */
function expectNode() {
  const pinned = join(bin, 'node');
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  // From here on TypeScript runs without a flag.
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Error(`Node ${process.versions.node} is too old on this platform: install Node 22.18 or later.`);
}

/**
 * Installs what is missing.
 * @param {'check' | 'start' | 'test'} purpose check needs no browser
 * @returns {Promise<{node: string, env: NodeJS.ProcessEnv}>} the Node for TypeScript files and the environment for children
 */
export async function prepare(purpose) {
  if (needsInstall()) await installDependencies();
  const node = expectNode();
  const env = { ...process.env, PATH: bin + delimiter + (process.env.PATH ?? '') };
  if (!existsSync(join(root, '.wxt', 'tsconfig.json'))) {
    const result = await runChild(['wxt', 'prepare'], { cwd: root, env, quiet: true, limitSeconds: 120 });
    if (!result.ok) throw new Error(`wxt prepare failed: ${result.why}\n${result.output}`);
  }
  if (purpose !== 'check') Object.assign(env, await expectSystem(purpose));
  mkdirSync(artifacts, { recursive: true });
  return { node, env };
}
