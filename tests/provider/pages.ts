// The web pages that the browser tests translate.
import { readFixture, translations } from './fixtures.ts';
import { findGalleryPage } from './gallery.ts';
import { stripMarks } from './marks.ts';
import { createPdf } from './pdf.ts';
import { proseBody } from './prose-page.ts';
import { reachBody } from './reach-page.ts';
import { rowsBody } from './rows-page.ts';

export interface Page {
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

const html = 'text/html; charset=utf-8';

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
}

function wrap(title: string, body: string, attributes = 'lang="en"'): Page {
  const head = `<meta charset="utf-8"><title>${escapeText(title)}</title><link rel="stylesheet" href="/demo.css">`;
  const page = `<!doctype html>\n<html ${attributes}>\n<head>${head}</head>\n<body><main>${body}</main></body>\n</html>\n`;
  return { type: html, body: page };
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 5q3-3 6 0t6 0M2 11q3-3 6 0t6 0" fill="none" stroke="#1b8a9a" stroke-width="2"/></svg>';

const strictPolicy = "default-src 'none'; style-src 'self'; require-trusted-types-for 'script'";

const paragraphs = Object.entries(translations).filter(([source]) => source.length > 120);

/** `count` numbered paragraphs, `#p1` and on, the essay's own in turn. */
function longPage(count: number): Page {
  const blocks = Array.from({ length: count }, (_, index) => {
    const text = stripMarks(paragraphs[index % paragraphs.length]?.[0] ?? '');
    return `<p id="p${index + 1}">${escapeText(text)}</p>`;
  });
  return wrap('A long page', `<h1>A long page</h1>\n${blocks.join('\n')}`);
}

/** `?n=12&tokens=2000&from=1` are paragraphs, tokens in all, and the first one's number. */
function prosePage(query: URLSearchParams): Page {
  const number = (name: string, otherwise: number, most: number) =>
    Math.min(most, Number(query.get(name)) || otherwise);
  const prose = {
    count: number('n', 12, 5000),
    tokens: number('tokens', 2000, 200_000),
    from: number('from', 1, 1_000_000),
  };
  return wrap('Prose', proseBody(prose));
}

function arabicPage(): Page {
  const blocks = paragraphs.map(([, { ar = '' }], index) => {
    return `<p id="p${index + 1}">${escapeText(stripMarks(ar))}</p>`;
  });
  const title = translations['What a stream knows']?.['ar'] ?? '';
  return wrap(title, `<h1 id="title">${title}</h1>\n${blocks.join('\n')}`, 'lang="ar" dir="rtl"');
}

function framesPage(): Page {
  const intro = '<p id="p1">The page below is shown in a frame of the same origin.</p>';
  const frame = '<iframe id="frame" src="/demo" title="The demo page"></iframe>';
  return wrap('A page with a frame', `<h1>A page with a frame</h1>\n${intro}\n${frame}`);
}

const demo = (): Page => ({ type: html, body: readFixture('page.html') });

const pages: Record<string, (query: URLSearchParams) => Page> = {
  '/': demo,
  '/demo': demo,
  '/demo.css': () => ({ type: 'text/css; charset=utf-8', body: readFixture('demo.css') }),
  '/page/long': (query) => longPage(Math.min(5000, Number(query.get('n')) || 200)),
  '/page/prose': prosePage,
  '/page/csp': () => ({ ...demo(), headers: { 'content-security-policy': strictPolicy } }),
  '/page/rtl': arabicPage,
  '/page/frames': framesPage,
  '/page/rows': () => wrap('Rows', rowsBody),
  '/page/reach': () => wrap('Everywhere', reachBody),
  // Asked for by every browser; without it each page begins with an error in its console.
  '/favicon.ico': () => ({ type: 'image/svg+xml', body: icon }),
  '/doc.pdf': () => ({
    type: 'application/pdf',
    body: createPdf('A stream begins almost by accident.'),
  }),
};

export function findPage(path: string, query: URLSearchParams): Page | undefined {
  return Object.hasOwn(pages, path) ? pages[path]?.(query) : findGalleryPage(path);
}
