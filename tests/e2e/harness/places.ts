// Where the built extensions, the browsers and the artifacts are.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The built extension of a browser. @throws Error that says how to build it */
export function expectBuild(target: 'chrome-mv3' | 'firefox-mv3'): string {
  const folder = join(root, '.output', target);
  if (!existsSync(join(folder, 'manifest.json')))
    throw new Error(
      `.output/${target} is missing: npm run build${target === 'firefox-mv3' ? ':firefox' : ''}`,
    );
  return realpathSync(folder);
}

/** The id Chromium gives an unpacked extension: the first 32 hex digits of the path's sha256, written in the letters a to p. */
export function extensionId(folder: string): string {
  const hex = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return [...hex].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

/** A browser by its variable (CHROMIUM, FIREFOX) or on the PATH. A test without its browser fails; it is never skipped. */
export function expectBrowser(variable: 'CHROMIUM' | 'FIREFOX'): string {
  const given = process.env[variable];
  if (given) return given;
  const names = variable === 'CHROMIUM' ? ['chromium', 'chromium-browser'] : ['firefox-esr', 'firefox'];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error(`${names[0]} was not found: install it or set ${variable} to its path.`);
}

/** A file below .artifacts, its folder made. */
export function artifact(...parts: string[]): string {
  const file = join(root, '.artifacts', ...parts);
  mkdirSync(join(file, '..'), { recursive: true });
  return file;
}
