// Pictures of a page in sizes and colours, for people to look at, and what axe finds in it.
import { statSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { artifact } from './places.ts';

export interface Size {
  width: number;
  height: number;
}

export const POPUP: Size = { width: 420, height: 600 };
export const NARROW: Size = { width: 320, height: 640 };
export const WIDE: Size = { width: 900, height: 800 };

/** `forced`: the few colours that a person has chosen for all pages. */
export type Scheme = 'light' | 'dark' | 'forced';

interface Looking {
  sizes?: readonly Size[];
  schemes?: readonly Scheme[];
  /** In which of them axe looks too, at the first size: it takes seconds, and what it looks for does not depend on the width. */
  axe?: readonly Scheme[];
  /** Brought into sight in each size. */
  shown?: Locator | undefined;
}

export async function showScheme(page: Page, scheme: Scheme): Promise<void> {
  const colorScheme = scheme === 'forced' ? 'dark' : scheme;
  const forcedColors = scheme === 'forced' ? 'active' : 'none';
  await page.emulateMedia({ colorScheme, forcedColors, reducedMotion: 'reduce' });
  if (scheme === 'forced') await page.waitForFunction(hasForcedColours);
}

/** The query holds before the colours are there: what has a colour of its own by then shows it. */
function hasForcedColours(): boolean {
  const probe = document.body.appendChild(document.createElement('button'));
  probe.style.cssText = 'position: fixed; color: rgb(1 2 3); background: rgb(4 5 6)';
  const { color, backgroundColor } = getComputedStyle(probe);
  probe.remove();
  return color !== 'rgb(1, 2, 3)' && backgroundColor !== 'rgb(4, 5, 6)';
}

/** Fails where the page scrolls sideways or axe finds something. */
export async function picture(
  page: Page,
  name: string,
  { sizes = [POPUP], schemes = ['light', 'dark'], axe = [], shown }: Looking = {},
): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await shown?.scrollIntoViewIfNeeded();
    for (const scheme of schemes) {
      await showScheme(page, scheme);
      const path = artifact('looks', `${name}-${size.width}-${scheme}.png`);
      await page.screenshot({ path });
      expect(statSync(path).size).toBeGreaterThan(1500);
      await expectNoSidewaysScroll(page, `${name} at ${size.width} px`);
    }
  }
  if (axe.length === 0) return;
  if (sizes[0]) await page.setViewportSize(sizes[0]);
  await expectNoViolations(page, { schemes: axe, name });
}

export async function expectNoSidewaysScroll(page: Page, name: string): Promise<void> {
  const [scrollWidth, clientWidth] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth] as const;
  });
  expect(scrollWidth, `${name} scrolls sideways`).toBeLessThanOrEqual(clientWidth);
}

interface Checking {
  schemes?: readonly Scheme[];
  /** axe in one go: in the normal way it opens a tab of its own, which closes a popup. */
  legacy?: boolean;
  /** For the message. */
  name?: string;
}

export async function expectNoViolations(
  page: Page,
  { schemes = ['light', 'dark'], legacy = false, name = '' }: Checking = {},
): Promise<void> {
  for (const [index, scheme] of schemes.entries()) {
    await showScheme(page, scheme);
    const axe = new AxeBuilder({ page }).setLegacyMode(legacy);
    // The same document in other colours: only contrast can differ.
    if (index > 0) axe.withRules('color-contrast');
    const { violations, passes, incomplete } = await axe.analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect(told, `${name} ${scheme}`).toEqual([]);
    // A rule that met nothing it could judge would pass for ever.
    expect(passes.length + incomplete.length).toBeGreaterThan(0);
  }
}
