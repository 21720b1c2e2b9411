// The apps as one script each, built with what their users build them with.
import { fileURLToPath } from 'node:url';
import { compile } from 'svelte/compiler';
import { build, type Plugin } from 'vite';

export const FRAMEWORKS = ['react', 'vue', 'svelte', 'lit'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

const svelte: Plugin = {
  name: 'svelte',
  transform(code, id) {
    if (!id.endsWith('.svelte')) return undefined;
    return compile(code, { filename: id, generate: 'client', css: 'injected' }).js.code;
  },
};

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The script of an app. */
export async function buildApp(framework: Framework): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    plugins: [svelte],
    // The templates of the app are compiled as it starts.
    resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' } },
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      write: false,
      minify: false,
      lib: { entry: `${folder}${framework}.ts`, formats: ['iife'], name: 'app' },
    },
  });
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output.find(({ type }) => type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`${framework}: nothing was built`);
  return chunk.code;
}

/** The page that an app runs in. */
export const appPage = (framework: Framework): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${framework}</title></head><body><div id="app"></div><script src="app.js"></script></body></html>`;
