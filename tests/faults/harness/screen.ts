// What is on screen, as data that can be compared.
import type { Page } from '@playwright/test';
import { until } from '../../e2e/harness/until.ts';

export interface Shown {
  role: string;
  state: string;
  /** Without white space and without the words of seams: markdown moves the one, and nobody sent the other. */
  text: string;
  seams: number;
  /** Code of the trouble below it. */
  code: string | null;
  /** Names of the buttons in its card; what is folded away is not among them. */
  actions: string[];
}

/** The messages of a view, in order. */
export function readScreen(view: Page): Promise<Shown[]> {
  return view.locator('[role=log] [data-role]').evaluateAll((messages) =>
    messages.map((message) => {
      const squeeze = (text: string | null | undefined) => (text ?? '').replaceAll(/\s+/g, '');
      const body = message.querySelector('.prose, .user-text')?.cloneNode(true) as Element | undefined;
      const seams = body?.querySelectorAll('[data-part=seam]') ?? [];
      for (const part of body?.querySelectorAll('[data-part=seam], button') ?? []) part.remove();
      const card = message.querySelector('[data-code]');
      return {
        role: message.getAttribute('data-role') ?? '',
        state: message.getAttribute('data-state') ?? '',
        text: squeeze(body?.textContent),
        seams: seams.length,
        code: card?.getAttribute('data-code') ?? null,
        actions: [...message.querySelectorAll('.trouble-actions button')]
          .map((button) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '')
          .filter((name) => name !== ''),
      };
    }),
  );
}

/** Waits until the view shows exactly `wanted`; returns what it shows instead after the limit, or undefined. */
export async function findOtherScreen(view: Page, wanted: readonly Shown[]): Promise<Shown[] | undefined> {
  const text = JSON.stringify(wanted);
  let last: Shown[] = [];
  const isSame = until(
    'the same screen',
    async () => {
      last = await readScreen(view);
      return JSON.stringify(last) === text;
    },
    { limitMs: 6000 },
  );
  return await isSame.then(
    () => undefined,
    () => last,
  );
}
