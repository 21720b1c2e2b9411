// What a build weighs, compressed, as a user's browser loads it.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expectBuild } from './places.ts';

/** Bytes, gzip. */
export interface Sizes {
  pageScript: number;
  /** With the files that it shares with the pages. */
  worker: number;
  /** The page with every script and style it loads. */
  popup: number;
  sidePanel: number;
  /** What draws answers, which every view loads right after its first paint, beyond what it has then. */
  drawing: number;
}

/** Measures a build that is there. @throws Error where it is not */
export function measureBuild(target: 'chrome-mv3' | 'firefox-mv3' = 'chrome-mv3'): Sizes {
  const folder = expectBuild(target);
  return {
    pageScript: gzipped(folder, ['content-scripts/page.js']),
    worker: gzipped(folder, filesLoadedBy(folder, 'background.js')),
    popup: gzipped(folder, filesLoadedBy(folder, 'popup.html')),
    sidePanel: gzipped(folder, filesLoadedBy(folder, 'sidepanel.html')),
    drawing: gzipped(folder, drawingFiles(folder)),
  };
}

function drawingFiles(folder: string): string[] {
  const known = new Set(filesLoadedBy(folder, 'popup.html'));
  const named = (place: string) =>
    readdirSync(join(folder, place))
      .filter((name) => name.startsWith('drawing-'))
      .map((name) => join(place, name));
  const all = [...named('chunks').flatMap((file) => filesLoadedBy(folder, file)), ...named('assets')];
  return [...new Set(all)].filter((file) => !known.has(file));
}

function gzipped(folder: string, files: string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}

/** An HTML page and every script and style it loads at its start, imports followed; not what is fetched when it is needed. Paths in the build. */
export function filesLoadedBy(folder: string, page: string): string[] {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    const isPage = file.endsWith('.html');
    // The chat's pages have their style in them: what loads more only looks for the link, which is switched off.
    const links = isPage
      ? text.matchAll(
          /(?:<link rel="stylesheet" disabled href="[^"]*"|(?:src|href)="\/?([^":]+\.(?:js|css))"|[" ]\/(chunks\/[^" ]+\.js)(?=[" ]))/g,
        )
      : // Not `import(…)`: what that loads comes later, when it is needed.
        text.matchAll(/(?:from|import)\s*["'`](\.[^"'`]+\.js)["'`]/g);
    for (const [, link, named = link] of links) if (named) visit(isPage ? named : join(dirname(file), named));
  };
  visit(page);
  return [...seen];
}
