// What a person does in the message box, and what the server got of it.
import type { Locator, Page } from '@playwright/test';
import { chatRequests, type Provider } from './fixtures.ts';
import type { Runnel } from './launch.ts';
import { button } from './ui.ts';

export interface Sent {
  role: string;
  content: string | { type: string; text?: string; image_url?: { url: string } }[];
}

/** The messages of the last chat request. */
export function lastSent(provider: Provider): Sent[] {
  const body = chatRequests(provider).at(-1)?.body as { messages: Sent[] } | undefined;
  return body?.messages ?? [];
}

export const parts = (page: Page): Locator => page.getByRole('list', { name: 'Goes with your message' });
export const note = (page: Page): Locator => page.locator('[data-part=note]');

/** Chooses an item of the menu of what can go along with a message. */
export async function add(page: Page, item: string): Promise<void> {
  await button(page, 'Add to the message').click();
  await page.getByRole('menuitem', { name: item }).click();
}

export const openChat = (runnel: Runnel): Promise<Page> => runnel.openTab('sidepanel.html');

interface Given {
  name: string;
  type: string;
  text?: string;
  /** Width and height of an image with stripes. */
  pixels?: [number, number];
}

/** Gives files to the chat as the clipboard or the mouse would. */
export async function give(page: Page, how: 'paste' | 'drop', files: Given[]): Promise<void> {
  await page.evaluate(
    async ([way, given]) => {
      const data = new DataTransfer();
      for (const { name, type, text, pixels } of given) {
        let blob = new Blob([text ?? ''], { type });
        if (pixels) {
          const canvas = new OffscreenCanvas(...pixels);
          const context = canvas.getContext('2d');
          for (let x = 0; context && x < pixels[0]; x += 50) {
            context.fillStyle = `hsl(${x % 360} 80% 50%)`;
            context.fillRect(x, 0, 50, pixels[1]);
          }
          blob = await canvas.convertToBlob({ type });
        }
        data.items.add(new File([blob], name, { type }));
      }
      const box = document.querySelector('textarea');
      const init = { bubbles: true, cancelable: true };
      if (way === 'paste') box?.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }));
      else
        for (const type of ['dragover', 'drop'])
          document.body.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: data }));
    },
    [how, files] as const,
  );
}
