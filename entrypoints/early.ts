// The first script of the chat's pages, before their modules are read. It shows what the view looked like when it was last whole, and when
// that is painted it asks for the conversation on screen, so that what the worker and the disk need for it passes while the modules are
// read, and lets them in: `data-modules` names them, the one to begin with first. It may not fail (while the extension is being updated it
// would), and shows nothing in a frame, which a page could have made.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { askEarly } from '../lib/platform/early-ask.ts';
import { showStill } from '../lib/still/view.ts';

export default defineUnlistedScript(() => {
  const { modules } = document.currentScript?.dataset ?? {};
  if (window.top !== window.self) return;
  const letIn = () => {
    try {
      askEarly();
    } catch {
      // The page asks for itself.
    }
    if (modules) load(modules.split(' '));
  };
  try {
    showStill(letIn);
  } catch {
    document.getElementById('app')?.replaceChildren();
    letIn();
  }
});

/** Runs the first of the modules; the others are what it needs, asked for together with it. */
function load([main = '', ...needed]: string[]): void {
  for (const href of needed) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = href;
    document.head.append(link);
  }
  void import(/* @vite-ignore */ main);
}
