// Child processes with a time limit. Each gets a process group of its own, so that what it started dies with it.
import { spawn } from 'node:child_process';

const GRACE_MS = 8000;
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await Promise.all([...running].map(endGroup));
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}

function signalGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

/** Asks first: a browser is in a group of its own, and only who started it can end it. */
async function endGroup(child) {
  const ended = new Promise((resolve) => child.once('close', resolve));
  signalGroup(child, 'SIGINT');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(timer);
}

/**
 * Runs a command to its end; never rejects.
 * @param {string[]} command program and arguments
 * @param {{limitSeconds: number, env?: NodeJS.ProcessEnv, quiet?: boolean, cwd?: string}} options
 *   quiet: nothing is printed, the output is only in the result
 * @returns {Promise<{ok: boolean, seconds: number, output: string, why: string}>} `why` is empty where ok
 */
export function runChild([program, ...args], { limitSeconds, env = process.env, quiet = false, cwd }) {
  const started = Date.now();
  return new Promise((resolve) => {
    let output = '';
    let late = false;
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      // npm and what lies in node_modules/.bin are command files there.
      shell: process.platform === 'win32',
    });
    running.add(child);
    const timer = setTimeout(() => {
      late = true;
      void endGroup(child);
    }, limitSeconds * 1000);
    for (const [source, sink] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      source.setEncoding('utf8');
      source.on('data', (text) => {
        output += text;
        if (!quiet) sink.write(text);
      });
    }
    const end = (ok, why) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ok, why, output, seconds: (Date.now() - started) / 1000 });
    };
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code, signal) => {
      if (late) end(false, `over its time limit of ${limitSeconds} s`);
      else if (code === 0) end(true, '');
      else end(false, code === null ? `killed by ${signal}` : `exit code ${code}`);
    });
  });
}
