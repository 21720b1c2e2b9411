// The page script: injected by the worker on a gesture, never resident before it.
import './style.css';
import { defineContentScript } from 'wxt/utils/define-content-script';
import type { PageWishes, RunnelPage } from '../../lib/protocol/page.ts';
import type { CreateAids } from '../../lib/translate/aids.ts';
import type { PlaceBelow } from '../../lib/translate/below.ts';
import type { FieldTools } from '../../lib/translate/field-tools.ts';
import { createPageTranslator } from '../../lib/translate/page.ts';
import { connectFromPage, isExtensionAlive } from './connect.ts';

declare global {
  var runnelPage: RunnelPage | undefined;
  /** Written by the worker before each gesture. */
  var runnelWishes: PageWishes | undefined;
  var runnelField: FieldTools | undefined;
  var runnelBelow: PlaceBelow | undefined;
  var runnelAids: CreateAids | undefined;
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
    if (!globalThis.runnelPage?.isAlive()) globalThis.runnelPage = createPage();
    return globalThis.runnelPage.translate();
  },
});

/** The page script of a version that was replaced meanwhile is in another world; lib/translate/leftover.ts tells it to undo its own work. */
function createPage(): RunnelPage {
  const translator = createPageTranslator({
    connect: connectFromPage,
    window,
    wishes: () => globalThis.runnelWishes,
    fields: () => globalThis.runnelField,
    below: () => globalThis.runnelBelow,
    aids: () => globalThis.runnelAids,
    isAlive: isExtensionAlive,
  });
  return {
    isAlive: isExtensionAlive,
    translate: () => translator.translate(),
    restore: () => translator.restore(),
    toggle: () => translator.toggle(),
  };
}
