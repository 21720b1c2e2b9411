// The page script's part for translations below their originals: injected by the worker where they are shown so.
import { defineContentScript } from 'wxt/utils/define-content-script';
import { placeBelow } from '../lib/translate/below.ts';

export default defineContentScript({
  registration: 'runtime',
  matches: [],
  // See the page script.
  world: 'MAIN',
  main() {
    globalThis.runnelBelow = placeBelow;
  },
});
