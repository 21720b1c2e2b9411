// npm start on a display: a Chromium window to play with, until it is closed.
import { startDemo } from './demo.ts';

const demo = await startDemo({ display: process.env });
console.log(`
Demo provider (scripted): ${demo.provider.url}
Chromium has the extension loaded and pointed at it, with the demo page open.

  Chat           click the Runnel button in the toolbar, or press Alt+Shift+K
  Translate      select text on the page, right-click, "Translate selection", or press Alt+Shift+Y
  Side panel     press Alt+Shift+S
  Settings       right-click the Runnel button, "Options"

Close the window or press Ctrl+C to end.`);

const { promise: over, resolve: end } = Promise.withResolvers<void>();
demo.runnel.context.once('close', () => end());
await over;
await demo.close();
