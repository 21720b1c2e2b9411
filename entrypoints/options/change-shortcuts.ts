import { browser } from '../../lib/platform/native.ts';

/** Opens the browser's own page for shortcuts: Firefox has a function for it, Chromium an address. */
export function changeShortcuts(): void {
  const commands = browser.commands as typeof browser.commands & {
    openShortcutSettings?: () => Promise<void>;
  };
  if (commands.openShortcutSettings) void commands.openShortcutSettings();
  else void browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}
