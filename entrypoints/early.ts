// The first script of the chat's pages, before their modules are read. It asks for the conversation on screen, so that what the worker and
// the disk need for it passes meanwhile, shows what the view looked like when it was last whole, and then lets the modules in: `data-main`
// is the first of them. It may not fail (while the extension is being updated it would), and shows nothing in a frame, which a page could
// have made.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { askEarly } from '../lib/platform/early-ask.ts';
import { showStill } from '../lib/still/view.ts';

export default defineUnlistedScript(() => {
  const { main = '' } = document.currentScript?.dataset ?? {};
  const letIn = () => void import(/* @vite-ignore */ main);
  if (window.top !== window.self) return;
  try {
    askEarly();
  } catch {
    // The page asks for itself.
  }
  try {
    showStill(letIn);
  } catch {
    document.getElementById('app')?.replaceChildren();
    letIn();
  }
});
