// The page script: injected by the worker on a gesture, never resident before it.
import './style.css';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { createPageTranslator, type TranslateOutcome } from '../../lib/translate/page.ts';
import { wordsFor } from '../../lib/words/trouble.ts';
import { connectFromPage, isExtensionAlive } from './connect.ts';

/** What the worker finds in the isolated world after the first injection. */
export interface RunnelPage {
  translate(): TranslateOutcome;
  restore(): void;
  hasTranslation(): boolean;
  isAlive(): boolean;
}

declare global {
  var runnelPage: RunnelPage | undefined;
}

export default defineContentScript({
  registration: 'runtime',
  matches: [],
  cssInjectionMode: 'manual',
  // Chooses WXT's wrapper, nothing else: the worker injects into the isolated world. The other wrapper announces itself to the
  // page with our id, and is a tenth of what is injected.
  world: 'MAIN',
  /** The outcome is the result of the worker's executeScript. */
  main() {
    if (!globalThis.runnelPage?.isAlive()) globalThis.runnelPage = createPage(globalThis.runnelPage);
    return globalThis.runnelPage.translate();
  },
});

/** `earlier` is the page script of a version that was replaced meanwhile: it still knows how to undo its own work. */
function createPage(earlier: RunnelPage | undefined): RunnelPage {
  const translator = createPageTranslator({
    connect: connectFromPage,
    window,
    describe: (trouble) => wordsFor(trouble).title,
    isAlive: isExtensionAlive,
  });
  return {
    isAlive: isExtensionAlive,
    translate: () => translator.translate(),
    hasTranslation: () => translator.hasTranslation() || earlier?.hasTranslation() === true,
    restore() {
      translator.restore();
      earlier?.restore();
    },
  };
}
