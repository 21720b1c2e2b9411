// Runs inside a browser: ways to show a growing answer, each with one call a frame.
import { marked } from 'marked';
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import * as smd from 'streaming-markdown';
import { createDecorator } from '../../lib/render/decorate.ts';
import { findRuns } from '../../lib/render/highlight.ts';
import { createMarkdownSink } from '../../lib/render/markdown-sink.ts';
import { createPlainSink } from '../../lib/render/plain-sink.ts';
import { createMath } from '../../lib/render/typeset.ts';

interface Writer {
  append(text: string): void;
  /** Takes what it holds out of the page. */
  end(): void;
}

const labels = {
  ...{ copy: 'Copy', copied: 'Copied', wrap: 'Wrap', image: 'image', notes: 'Footnotes' },
  note: (number: number) => `Footnote ${number}`,
  back: (number: number) => `Back from footnote ${number}`,
};

function createOurs(root: HTMLElement): Writer {
  const decorator = createDecorator(root, {
    loadHighlighter: async () => findRuns,
    loadTypesetter: async () => createMath,
  });
  const sink = createMarkdownSink(root, {
    ...{ labels, copyText: async () => {} },
    typeset: (tex, display) => decorator.typeset(tex, display),
    finished: (elements) => decorator.finished(elements),
  });
  return { append: (text) => sink.append(text), end: () => decorator.dispose() };
}

function createReact(root: HTMLElement): Writer {
  const view = createRoot(root);
  let whole = '';
  return {
    append(text) {
      whole += text;
      flushSync(() => view.render(createElement(Markdown, { remarkPlugins: [remarkGfm] }, whole)));
    },
    end: () => view.unmount(),
  };
}

function createReparse(root: HTMLElement): Writer {
  let whole = '';
  return {
    append(text) {
      whole += text;
      root.innerHTML = marked.parse(whole, { async: false, breaks: true });
    },
    end() {},
  };
}

function createStreaming(root: HTMLElement): Writer {
  const parser = smd.parser(smd.default_renderer(root));
  return { append: (text) => smd.parser_write(parser, text), end() {} };
}

function createBare(root: HTMLElement): Writer {
  const sink = createPlainSink(root);
  return { append: (text) => sink.append(text), end() {} };
}

const writers: Readonly<Record<string, (root: HTMLElement) => Writer>> = {
  ours: createOurs,
  react: createReact,
  reparse: createReparse,
  streaming: createStreaming,
  bare: createBare,
};

export interface Bench {
  start(css: string): void;
  /** Feeds `text`, then measures `frames` appends of `step` characters with their layout; ms each. */
  measure(name: string, text: string, tail: string, frames: number, step: number): Promise<number[]>;
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

const bench: Bench = {
  start(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  },
  async measure(name, text, tail, frames, step) {
    const root = document.createElement('div');
    root.className = 'prose';
    document.body.replaceChildren(root);
    const writer = writers[name]?.(root);
    if (!writer) throw new Error(`no writer is called ${name}`);
    // What does it all again each time is not asked to do so for the text before.
    const every = name === 'react' || name === 'reparse' ? text.length : 20_000;
    for (let at = 0; at < text.length; at += every) writer.append(text.slice(at, at + every));
    await nextFrame();
    const times: number[] = [];
    for (let frame = 0; frame < frames; frame++) {
      await nextFrame();
      const begin = performance.now();
      writer.append(tail.slice(frame * step, (frame + 1) * step));
      scrollTo(0, document.documentElement.scrollHeight);
      void root.offsetHeight;
      times.push(performance.now() - begin);
    }
    writer.end();
    return times;
  },
};

Object.assign(globalThis, { bench });
