// Holds the shape of the house: who may import whom, how long things may get, and what no file may contain.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from './architecture/rules.ts';
import {
  bareSource,
  findSources,
  longFunctions,
  readImports,
  root,
  type Source,
} from './architecture/sources.ts';

const product = findSources('lib', 'components', 'entrypoints');
const named = (problems: string[]) => problems.toSorted();

/** Files that run under plain Node. */
const isPure = ({ path }: Source) =>
  /^lib\/(engine|providers|protocol)\//.test(path) ||
  /^lib\/translate\/(prompt|marks|languages)\.ts$/.test(path);

describe('imports', () => {
  it('finds the sources at all', () => {
    expect(product.length).toBeGreaterThan(15);
    expect(product.flatMap(readImports).length).toBeGreaterThan(15);
  });

  it('every import is in the table', () => {
    const problems = product.flatMap((source) =>
      readImports(source)
        .filter((found) => !rules.allows(source.path, found))
        .map((found) => `${source.path} imports ${found.specifier}`),
    );
    expect(named(problems)).toEqual([]);
  });

  it('nobody imports an entrypoint', () => {
    const problems = [...product, ...findSources('tests')].flatMap((source) =>
      readImports(source)
        .filter(({ target }) => target?.startsWith('entrypoints/'))
        .filter(({ target }) => folderOf(String(target)) !== folderOf(source.path))
        .map((found) => `${source.path} imports ${found.target}`),
    );
    expect(named(problems)).toEqual([]);
  });

  it('only lib/platform/browser.ts takes a value from the polyfill', () => {
    const problems = product
      .filter(({ path }) => path !== 'lib/platform/browser.ts')
      .filter((source) =>
        readImports(source).some(
          ({ specifier, typeOnly }) => specifier === 'webextension-polyfill' && !typeOnly,
        ),
      );
    expect(named(problems.map(({ path }) => path))).toEqual([]);
  });

  it('only lib/platform/native.ts takes the extension API from WXT', () => {
    const problems = product
      // The page script brings nothing along that it does not need.
      .filter(({ path }) => !['lib/platform/native.ts', 'entrypoints/page.content/connect.ts'].includes(path))
      .filter((source) => readImports(source).some(({ specifier }) => specifier === 'wxt/browser'));
    expect(named(problems.map(({ path }) => path))).toEqual([]);
  });

  it('no file reaches for the browser’s own extension namespace', () => {
    const problems = product.filter((source) => /\bchrome\./.test(bareSource(source)));
    expect(named(problems.map(({ path }) => path))).toEqual([]);
  });
});

describe('pure rooms', () => {
  it('touch no extension API and no DOM global', () => {
    const forbidden = /(?<![\w.'$])(browser|chrome|document|window|localStorage|indexedDB)\s*[.[]/;
    const problems = product.filter(isPure).filter((source) => forbidden.test(bareSource(source)));
    expect(named(problems.map(({ path }) => path))).toEqual([]);
  });

  it('run under plain Node, without a build', async () => {
    const pure = product.filter(isPure);
    expect(pure.length).toBeGreaterThan(8);
    for (const { path } of pure) await import(join(root, path));
  });
});

describe('the tail', () => {
  it('no file is longer than 200 lines', () => {
    const problems = product.filter(({ text }) => text.trimEnd().split('\n').length > rules.maxLines);
    expect(named(problems.map(({ path }) => path))).toEqual([]);
  });

  it('no function is longer than 60 lines', () => {
    const problems = product.flatMap((source) =>
      longFunctions(source, rules.maxFunctionLines)
        .map(({ name, lines }) => ({ id: `${source.path} ${name}`, lines }))
        .filter(({ id }) => !rules.longFunctionsAllowed.includes(id))
        .map(({ id, lines }) => `${id}: ${lines} lines`),
    );
    expect(named(problems)).toEqual([]);
  });
});

describe('what no file contains', () => {
  for (const { name, pattern, except } of rules.forbiddenInProduct) {
    it(name, () => {
      const problems = product.filter(
        (source) => pattern.test(bareSource(source)) && !except?.test(source.path),
      );
      expect(named(problems.map(({ path }) => path))).toEqual([]);
    });
  }

  it('no file of the repository points at a place outside it', () => {
    const files = [...product, ...findSources('tests'), ...rootDocuments()];
    const problems = files
      .filter(({ path }) => !path.startsWith('tests/architecture'))
      .filter(({ text }) => rules.outside.test(text.replace(rules.outsideAllowed, '')));
    expect(named(problems.map(({ path }) => path))).toEqual([]);
  });
});

describe('the page script', () => {
  it('reaches no provider, store, settings, job or view, over any chain of imports', () => {
    const reached = reachable('entrypoints/page.content/index.ts');
    expect(reached.length).toBeGreaterThan(3);
    expect(named(reached.filter((path) => rules.keptFromPages.test(path)))).toEqual([]);
  });

  const built = join(root, '.output/chrome-mv3/content-scripts/page.js');
  it.runIf(existsSync(built))('contains no preset, no vault name and no settings default when built', () => {
    const text = readFileSync(built, 'utf8');
    for (const secret of rules.notInPageScript) expect(text.includes(secret), secret).toBe(false);
  });
});

function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function rootDocuments(): Source[] {
  return readdirSync(root)
    .filter((name) => /\.(md|ts|json)$/.test(name) && name !== 'package-lock.json')
    .map((name) => ({ path: name, text: readFileSync(join(root, name), 'utf8') }));
}

/** Files that a bundle of `start` would contain: what is imported for its values, transitively. */
function reachable(start: string): string[] {
  const byPath = new Map(product.map((source) => [source.path, source]));
  const seen = new Set<string>();
  const visit = (path: string) => {
    const source = byPath.get(path);
    if (!source || seen.has(path)) return;
    seen.add(path);
    for (const { target, typeOnly } of readImports(source)) if (target && !typeOnly) visit(target);
  };
  visit(start);
  return [...seen];
}
