// The page script's part for text fields: injected by the worker where the page script asks for it.
import { defineContentScript } from 'wxt/utils/define-content-script';
import { fieldTools } from '../lib/translate/field-tools.ts';

export default defineContentScript({
  registration: 'runtime',
  matches: [],
  // See the page script.
  world: 'MAIN',
  main() {
    globalThis.runnelField = fieldTools;
  },
});
