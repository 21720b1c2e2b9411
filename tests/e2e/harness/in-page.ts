// A translation in a page as its reader has it: blocks in every state, and the control, whose shadow root is closed to scripts.
import { expect, type Page } from '@playwright/test';
import { command } from './cdp.ts';
import { chatRequests, type Provider } from './fixtures.ts';
import { chooseMenuItem } from './gesture.ts';
import type { Runnel } from './launch.ts';
import { selectBlocks } from './ui.ts';
import { until } from './until.ts';

interface DomNode {
  nodeId: number;
  nodeName: string;
  nodeValue: string;
  attributes?: string[];
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

/** Blocks of the demo page and what is to become of them: one is whole, one has begun, one has not. */
export const BLOCKS = ['#p1', '#p2', '#habits'] as const;

/** How a request is known by the block it is about. */
const WORDS = { '#p1': 'almost by accident', '#p2': 'Nobody waits', '#habits': 'Four habits' } as const;

type Block = (typeof BLOCKS)[number];

export function requestsFor(provider: Provider, block: Block): Provider['journal'] {
  return chatRequests(provider).filter(({ body }) => JSON.stringify(body).includes(WORDS[block]));
}

/** The same browser with another tab in front of the tests. */
export function inTab(runnel: Runnel, tab: Page): Runnel {
  return { ...runnel, tab, triggerAction: (page = tab) => runnel.triggerAction(page) };
}

/** Starts a translation that halts with one block done, one streaming and one waiting. `asked`: fewer where one is known already. */
export async function startHalting(runnel: Runnel, provider: Provider, asked = 3): Promise<void> {
  const about = (block: Block) => (entry: Provider['journal'][number]) =>
    JSON.stringify(entry.body).includes(WORDS[block]);
  provider.planFor(about('#p2'), { stallAfter: 6 });
  provider.planFor(about('#habits'), { headerDelayMs: 120_000 });
  await selectBlocks(runnel.tab, '#p1', '#habits');
  await chooseMenuItem(runnel, 'translate-selection');
  await expectStates(runnel.tab, ['done', 'streaming', 'waiting']);
  await until('all blocks are asked for', () => chatRequests(provider).length === asked);
}

export async function expectStates(tab: Page, states: (string | null)[]): Promise<void> {
  const now = () =>
    tab.evaluate(
      (blocks) => blocks.map((css) => document.querySelector(css)?.getAttribute('data-runnel') ?? null),
      [...BLOCKS],
    );
  await expect.poll(now, { timeout: 10_000 }).toEqual(states);
}

/** The text of a block as it is seen: without what is left, hidden, of a word that is being written over. */
export const textOf = (tab: Page, css: string) =>
  tab.locator(css).evaluate((block) => {
    const hidden = [...(CSS.highlights.get('runnel-gap') ?? [])];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let text = '';
    while (walker.nextNode()) {
      const data = walker.currentNode.nodeValue ?? '';
      const range = hidden.find(({ startContainer }) => startContainer === walker.currentNode);
      text += data.slice(0, range?.startOffset ?? 0) + data.slice(range?.endOffset ?? 0);
    }
    return text;
  });

/** All that was asked is over, as far as the server can tell; resolves with the last close, epoch milliseconds. */
export async function lastClose(provider: Provider): Promise<number> {
  await until('the server sees the close', () =>
    chatRequests(provider).every(({ closedAt }) => closedAt !== null),
  );
  return Math.max(...chatRequests(provider).map(({ closedAt }) => Number(closedAt)));
}

/** What the control says and offers, and the paragraphs of its box; undefined where there is none. */
export async function readControl(
  tab: Page,
): Promise<{ text: string; offered: string[]; box: string[] } | undefined> {
  return await withControl(tab, async (control) => {
    const buttons = find(control, (node) => node.nodeName === 'BUTTON');
    const offered = buttons.filter((button) => attribute(button, 'hidden') === undefined);
    const notes = find(
      control,
      (node) => attribute(node, 'role') === 'status' || attribute(node, 'class') === 'progress',
    );
    const text = notes.flatMap((note) => find(note, ({ nodeName }) => nodeName === '#text'));
    const lines = find(control, ({ nodeName }) => nodeName === 'P');
    return {
      box: lines.map((line) =>
        find(line, ({ nodeName }) => nodeName === '#text')
          .map(({ nodeValue }) => nodeValue)
          .join(''),
      ),
      text: text.map(({ nodeValue }) => nodeValue).join(' '),
      offered: offered.map((button) => attribute(button, 'class') ?? ''),
    };
  });
}

/** Clicks a button of the control with the mouse. */
export async function pressControl(tab: Page, name: string): Promise<void> {
  await tab.bringToFront();
  const point = await withControl(tab, async (control, send) => {
    const [button] = find(control, (node) => attribute(node, 'class') === name);
    if (!button || attribute(button, 'hidden') !== undefined) throw new Error(`${name} is not offered`);
    const { model } = await send<{ model: { content: number[] } }>('DOM.getBoxModel', {
      nodeId: button.nodeId,
    });
    const [left = 0, top = 0, , , right = 0, bottom = 0] = model.content;
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  });
  if (!point) throw new Error('there is no control');
  await tab.mouse.click(point.x, point.y);
}

/** Chooses from a list of the control with the keyboard. */
export async function chooseInControl(tab: Page, name: string, ...keys: string[]): Promise<void> {
  await tab.bringToFront();
  const isThere = await withControl(tab, async (control, send) => {
    const [list] = find(control, (node) => node.nodeName === 'SELECT' && attribute(node, 'class') === name);
    if (!list || attribute(list, 'hidden') !== undefined) throw new Error(`${name} is not offered`);
    await send('DOM.focus', { nodeId: list.nodeId });
    return true;
  });
  if (!isThere) throw new Error('there is no control');
  for (const key of keys) await tab.keyboard.press(key);
}

/** Clicks the mark at a block that is not whole. */
export async function pressMark(tab: Page, block: string): Promise<void> {
  await tab.bringToFront();
  const box = await tab.locator(block).boundingBox();
  if (!box) throw new Error(`${block} is not seen`);
  await tab.mouse.click(box.x + box.width - 12, box.y + box.height - 12);
}

/** Text in elements of ours that is no control's: what is shown while the pointer rests. */
export async function readTip(tab: Page): Promise<string | undefined> {
  const session = await tab.context().newCDPSession(tab);
  try {
    const { root } = await command<{ root: DomNode }>(session, 'DOM.getDocument', {
      depth: -1,
      pierce: true,
    });
    const [tip] = find(root, (node) => attribute(node, 'class') === 'tip');
    return (
      tip &&
      find(tip, ({ nodeName }) => nodeName === '#text')
        .map(({ nodeValue }) => nodeValue)
        .join('')
    );
  } finally {
    await session.detach();
  }
}

/** Where the control's line and what is offered in it stand, CSS pixels: left, right, top, bottom. */
export async function measureControl(
  tab: Page,
): Promise<{ line: number[]; buttons: number[][] } | undefined> {
  return await withControl(tab, async (control, send) => {
    const edges = async ({ nodeId }: DomNode) => {
      const { model } = await send<{ model: { border: number[] } }>('DOM.getBoxModel', { nodeId });
      const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border;
      return [left, right, top, bottom];
    };
    const [line] = find(control, (node) => attribute(node, 'class') === 'pill');
    if (!line) return undefined;
    const shown = find(line, (node) => node.nodeName === 'BUTTON' && attribute(node, 'hidden') === undefined);
    return { line: await edges(line), buttons: await Promise.all(shown.map(edges)) };
  });
}

async function withControl<T>(
  tab: Page,
  use: (control: DomNode, send: <R>(method: string, params: object) => Promise<R>) => Promise<T>,
): Promise<T | undefined> {
  const session = await tab.context().newCDPSession(tab);
  try {
    const { root } = await command<{ root: DomNode }>(session, 'DOM.getDocument', {
      depth: -1,
      pierce: true,
    });
    const [control] = find(root, (node) => attribute(node, 'aria-label') === 'Runnel translation');
    return control && (await use(control, (method, params) => command(session, method, params)));
  } finally {
    await session.detach();
  }
}

function find(node: DomNode, matches: (node: DomNode) => boolean): DomNode[] {
  const below = [...(node.children ?? []), ...(node.shadowRoots ?? [])];
  return [...(matches(node) ? [node] : []), ...below.flatMap((child) => find(child, matches))];
}

function attribute({ attributes = [] }: DomNode, name: string): string | undefined {
  for (let index = 0; index < attributes.length; index += 2)
    if (attributes[index] === name) return attributes[index + 1];
  return undefined;
}

/** Ends the worker as a crash would, while no page of ours is asking it for something. */
export async function killWorker(runnel: Runnel): Promise<void> {
  const view = await runnel.openTab('options.html');
  await expect(view.getByRole('textbox', { name: 'Base URL' })).not.toBeEmpty();
  await runnel.stopWorker(view);
  await view.close();
  await runnel.tab.bringToFront();
}

/** Nothing of ours in the page: no mark, no control. */
export async function expectUntouched(tab: Page): Promise<void> {
  await expect(tab.locator('[data-runnel]')).toHaveCount(0);
  expect(await readControl(tab)).toBeUndefined();
}

/** Nothing went wrong anywhere, and the next ordinary translation, in a new tab and of a text not asked for before, is one request and works. */
export async function expectHealthy(runnel: Runnel, provider: Provider): Promise<void> {
  expect(runnel.troubles).toEqual([]);
  provider.reset();
  const tab = await runnel.context.newPage();
  await tab.goto(`${provider.origin}/demo?next`);
  await selectBlocks(tab, '#p3');
  await chooseMenuItem(inTab(runnel, tab), 'translate-selection');
  await expect(tab.locator('#p3')).toHaveAttribute('data-runnel', 'done', { timeout: 15_000 });
  expect(chatRequests(provider)).toHaveLength(1);
  expect(runnel.troubles).toEqual([]);
}
