// The page script's part for what comes after a translation: injected by the worker when the page script asks for it.
import { defineContentScript } from 'wxt/utils/define-content-script';
import { createAids } from '../lib/translate/aids.ts';

export default defineContentScript({
  registration: 'runtime',
  matches: [],
  // See the page script.
  world: 'MAIN',
  main() {
    globalThis.runnelAids = createAids;
  },
});
