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

/**
 * The first script (entrypoints/early.ts) lets the page's modules in when it has shown something; the browser fetches them meanwhile.
 */
function earlyFirst(): Plugin {
  return {
    name: 'early-first',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const main = /<script type="module" crossorigin src="([^"]+)"><\/script>/.exec(html);
        if (!html.includes('src="/early.js"') || !main) return html;
        return html
          .replace(main[0], `<link rel="modulepreload" crossorigin href="${main[1]}">`)
          .replace('src="/early.js"', `src="/early.js" data-main="${main[1]}"`);
      },
    },
  };
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
