// The gallery: the files of tests/gallery/pages, and a list of them at /gallery/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Page } from './pages.ts';

const folder = new URL('../gallery/pages/', import.meta.url);
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.xhtml': 'application/xhtml+xml; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** The file names of the gallery's pages, in order; those that others show in a frame are not among them. */
export function galleryPages(): string[] {
  return readdirSync(folder)
    .filter((name) => /^[^_].*html$/.test(name))
    .sort();
}

export function findGalleryPage(path: string): Page | undefined {
  if (path === '/gallery/') return { type: types['.html'] ?? '', body: listPage() };
  const [, name] = /^\/gallery\/(\w[\w-]*\.\w+)$/.exec(path) ?? [];
  const type = name === undefined ? undefined : types[extname(name)];
  if (name === undefined || type === undefined || !existsSync(new URL(name, folder))) return undefined;
  return { type, body: readFileSync(new URL(name, folder)) };
}

function listPage(): string {
  const items = galleryPages().map((name) => `<li><a href="${name}">${name.replace(/\.\w+$/, '')}</a></li>`);
  return `<!doctype html>\n<meta charset="utf-8"><title>Gallery</title><h1>Gallery</h1><ol>${items.join('\n')}</ol>\n`;
}
