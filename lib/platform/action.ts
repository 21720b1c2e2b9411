// The toolbar button.
import { browser } from './native.ts';

/** `text` is at most four characters; empty takes the badge away. */
export async function showBadge({ text, title }: { text: string; title: string }): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: '#0e7490' }),
    browser.action.setTitle({ title }),
  ]);
}
