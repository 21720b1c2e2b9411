import { createHash } from 'node:crypto';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';

const root = import.meta.dirname;

// The pages get a second, stricter policy as a <meta> tag (connect-src 'none'); this one also binds the worker, which must reach the user's server.
const extensionPages = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  'connect-src https: http://localhost:* http://127.0.0.1:*',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/**
 * Keeps of marked what is used, its lexer. Its parser and renderers hang on a shared instance that is made at the top level, so no
 * bundler can drop them: 3 kB of the 50 that the popup may load, and code that writes HTML, which nothing here should be able to do.
 */
function markedLexerOnly(): Plugin {
  return {
    name: 'marked-lexer-only',
    transform(code, id) {
      if (!id.endsWith('/marked/lib/marked.esm.js')) return null;
      const lexer = /(\w+) as Lexer\b/.exec(code)?.[1];
      const sharedInstance = code.search(/var \w+=new \w+;function \w+\(\w+,\w+\)\{return \w+\.parse\(/);
      if (!lexer || sharedInstance < 0)
        throw new Error('marked has another shape now: look at markedLexerOnly again.');
      return { code: `${code.slice(0, sharedInstance)}export{${lexer} as Lexer};`, map: null };
    },
  };
}

/**
 * What the chat's three pages load at their start is in two files, one of them shared with the options, and what draws answers in one
 * more: each file costs every opening of the popup some milliseconds of waiting for the browser, whatever is in it.
 */
function fewFiles(): Plugin {
  const page = (main: string) => join(root, 'entrypoints', main);
  const chat = ['popup/main.ts', 'sidepanel/main.ts', 'chat/main.ts'].map(page);
  const options = [page('options/main.tsx')];
  let groups: Record<string, (id: string) => boolean> | undefined;
  const isIn = (name: string) => (id: string, modules: Modules) => {
    if (!groups) {
      // What all three have: each has a style of its own.
      const [inPopup, ...others] = chat.map((entry) => reach([entry], modules));
      const inChat = new Set([...(inPopup ?? [])].filter((module) => others.every((set) => set.has(module))));
      const inWorker = reach([page('background/index.ts')], modules);
      const inOptions = reach(options, modules);
      const inDrawing = reach([join(root, 'components/chat/draw-text.ts')], modules);
      groups = {
        // The worker shall not read what draws.
        common: (module) => (inChat.has(module) && inWorker.has(module)) || module.endsWith('wxt-plugins'),
        // What WXT adds to every page is a line.
        base: (module) =>
          (inChat.has(module) && inOptions.has(module)) || module.endsWith('wxt-html-plugins'),
        view: (module) => inChat.has(module),
        drawing: (module) => inDrawing.has(module),
      };
    }
    return groups[name]?.(id) ? name : null;
  };
  const names = ['drawing', 'view', 'base', 'common'];
  const codeSplitting = {
    groups: names.map((name, priority) => ({ debugName: name, name: isIn(name), priority })),
  };
  return {
    name: 'few-files',
    // Scripts that are one file each have nothing to share.
    outputOptions: (output) => (output.format === 'es' ? { ...output, codeSplitting } : output),
  };
}

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What the policy must let in: the style that stands in the chat's pages. */
const inlined = new Set<string>();

/**
 * All that a page needs to show its still is one file more, the first script (entrypoints/early.ts), and no frame is drawn before it: the
 * style stands in the page, and the script lets the modules in when it has shown something. The links to the style's files are for what
 * is loaded later and names them too: it finds that they are there.
 */
function earlyFirst(): Plugin {
  return {
    name: 'early-first',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const [main] = tagsOf(html, /<script type="module" crossorigin src="([^"]+)"><\/script>/g);
        if (!bundle || !main || !html.includes('src="/early.js"')) return html;
        const modules = tagsOf(html, /<link rel="modulepreload" crossorigin href="([^"]+)">/g);
        const styles = tagsOf(html, /<link rel="stylesheet" crossorigin href="([^"]+)">/g);
        const style = styles.map(({ href }) => textOf(bundle[href.slice(1)])).join('');
        inlined.add(sha256(style));
        let page = [main, ...modules].reduce((text, { tag }) => text.replace(tag, ''), html);
        for (const { tag } of styles) page = page.replace(tag, tag.replace('crossorigin', 'disabled'));
        const names = [main, ...modules].map(({ href }) => href).join(' ');
        return page
          .replace('src="/early.js"', `src="/early.js" blocking="render" data-modules="${names}"`)
          .replace("style-src 'self'", `style-src 'self' ${sha256(style)}`)
          .replace(/\s*<\/head>/, () => `\n    <style>${style}</style>\n  </head>`)
          .replaceAll(/\n\s*\n/g, '\n');
      },
    },
  };
}

/** The tags that `pattern` finds, and what it finds in them. */
function tagsOf(html: string, pattern: RegExp): { tag: string; href: string }[] {
  return [...html.matchAll(pattern)].map(([tag, href = '']) => ({ tag, href }));
}

function textOf(file: { type: string; source?: string | Uint8Array } | undefined): string {
  if (typeof file?.source !== 'string') throw new Error('A page has a style that is not in the build.');
  return file.source;
}

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** The modules that `entries` import, over however many steps, and themselves; not what they load later. */
function reach(entries: readonly string[], modules: Modules): Set<string> {
  const reached = new Set(entries);
  for (const id of reached)
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) reached.add(next);
  return reached;
}

export default defineConfig({
  imports: false,
  hooks: {
    'build:manifestGenerated': (_, { content_security_policy: policy }) => {
      if (typeof policy !== 'object' || !policy.extension_pages) return;
      policy.extension_pages = policy.extension_pages.replace("style-src 'self'", (own) =>
        [own, ...inlined].join(' '),
      );
    },
  },
  vite: () => ({
    plugins: [preact(), markedLexerOnly(), fewFiles(), earlyFirst()],
    // The style target is named, or `:dir()` would be rewritten into a list of languages, which our text does not carry.
    build: { modulePreload: { polyfill: false }, target: 'es2022', cssTarget: ['chrome120', 'firefox140'] },
  }),
  manifest: ({ browser }) => ({
    name: 'Runnel',
    default_locale: 'en',
    description: '__MSG_extensionDescription__',
    permissions: [
      'storage',
      'activeTab',
      'scripting',
      'contextMenus',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    host_permissions: [],
    optional_host_permissions: ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*'],
    incognito: 'not_allowed',
    content_security_policy: { extension_pages: extensionPages },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+K' } },
      'translate-selection': {
        suggested_key: { default: 'Alt+Shift+Y' },
        description: '__MSG_commandTranslate__',
      },
      'open-side-panel': {
        suggested_key: { default: 'Alt+Shift+S' },
        description: '__MSG_commandPanel__',
      },
      'toggle-original': {
        suggested_key: { default: 'Alt+Shift+O' },
        description: '__MSG_commandToggle__',
      },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'runnel@runnel.invalid',
              strict_min_version: '140.0',
              data_collection_permissions: {
                required: ['websiteContent', 'personalCommunications', 'authenticationInfo'],
              },
            },
          },
        }
      : { minimum_chrome_version: '120' }),
  }),
});
