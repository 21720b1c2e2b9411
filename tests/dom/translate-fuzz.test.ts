// Whatever the page, the selection and the reply: nothing throws, the sentence reads as the model wrote it, and restore is exact.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CollectedSegment } from '../../lib/translate/collect.ts';
import { createSegmentWriter, type SegmentWriter } from '../../lib/translate/writer.ts';
import {
  allNodes,
  collectRanges,
  createTestDim,
  findDifference,
  readBack,
  snapshot,
} from './translate-support.ts';
import { build, type Change, changes, reorder, spoil, type Tree, trees, turns } from './translate-trees.ts';

const numRuns = Number(process.env['FUZZ'] ?? 300);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const parameters = { numRuns, seed, endOnFailure: false };
/** A tree takes some milliseconds; a busy machine takes ten times as long. */
const timeout = 30_000 + numRuns * 60;
console.info(`translate fuzz: seed ${seed}, ${numRuns} trees each`);

// One for all trees, and those that a collection makes are forgotten in time: jsdom asks every range there is at every change.
const range = document.createRange();
setFlagsFromString('--expose-gc');
const forget = runInNewContext('gc') as () => void;
let tasks = 0;
const nextTask = async (): Promise<void> => {
  await new Promise<void>((resolve) => setImmediate(resolve));
  tasks += 1;
  if (tasks % 200 === 0) forget();
};

const parts = fc.record({
  tree: trees,
  from: fc.nat(1000),
  to: fc.nat(1000),
  isAll: fc.boolean(),
  cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
  isDimmed: fc.boolean(),
  isComplete: fc.boolean(),
});
type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

// The style of every element is asked for, and jsdom takes a millisecond for each: these are all that the trees have.
const styleOf = window.getComputedStyle;
const styled = (display: string) => ({
  display,
  opacity: '1',
  visibility: 'visible',
  fontSize: '16px',
  whiteSpace: 'normal',
  float: 'none',
  position: 'static',
});
const [inline, block] = [styled('inline'), styled('block')] as unknown as CSSStyleDeclaration[];
beforeAll(() => {
  window.getComputedStyle = (element) =>
    (element.matches('p, body, html') ? block : inline) ?? styleOf(element);
});
afterAll(() => {
  window.getComputedStyle = styleOf;
});
afterEach(() => document.body.replaceChildren());

/** Builds the paragraph and collects a random part of it. */
function collect({ tree, from, to, isAll }: Parts): CollectedSegment[] {
  const block = document.createElement('p');
  block.append(...tree.map((part: Tree) => build(part)));
  document.body.replaceChildren(block, document.createTextNode('after'));
  const points = allNodes(block).flatMap((node) => {
    const length = node instanceof CharacterData ? node.length : node.childNodes.length;
    return Array.from({ length: length + 1 }, (_, offset) => ({ node, offset }));
  });
  const [one, two] = [points[from % points.length], points[to % points.length]];
  range.selectNodeContents(block);
  if (!isAll && one && two) {
    range.setStart(one.node, one.offset);
    range.collapse(true);
    if (range.comparePoint(two.node, two.offset) < 0) range.setStart(two.node, two.offset);
    else range.setEnd(two.node, two.offset);
  }
  return collectRanges([range], { maxChars: 10_000 }).segments;
}

function* pieces(reply: string, cuts: number[]): Generator<string> {
  for (let at = 0, index = 0; at < reply.length; index += 1) {
    const length = cuts[index % cuts.length] ?? 1;
    yield reply.slice(at, at + length);
    at += length;
  }
}

/** Writes a reply in pieces, a frame after each; `between` is called before each. */
function play(writer: SegmentWriter, reply: string, { cuts, isComplete }: Parts, between = () => {}): void {
  for (const piece of pieces(reply, cuts)) {
    writer.feed(piece);
    between();
    writer.flush();
  }
  writer.end(isComplete);
  writer.flush();
}

describe('random trees, selections and replies', () => {
  const orders = fc.array(fc.nat(100), { minLength: 1, maxLength: 12 });

  it('read as the model wrote them, and come back node for node', { timeout }, async () => {
    let followed = 0;
    const property = fc.asyncProperty(parts, orders, async (given, picks) => {
      await nextTask();
      const segments = collect(given);
      const before = snapshot();
      const known = new Set(allNodes());
      for (const segment of segments) {
        const { dim, dimmed } = createTestDim();
        const writer = createSegmentWriter(segment, given.isDimmed ? dim : undefined);
        const reply = reorder(segment.text, segment.firstMark, picks);
        for (let round = 0; round < 2; round += 1) {
          play(writer, reply, given);
          if (given.isComplete && writer.hasText) {
            const cut = segment.marks.some(({ isCut }) => isCut);
            if (!cut) expect(writer.isPlain, 'a right reply can be followed').toBe(false);
            const shown = readBack(segment, known);
            if (writer.isPlain) expect(shown.replace(/<\d+>|<\/\d+>|<\d+\/>/g, '')).toContain(writer.text);
            else expect(shown).toBe(trimmed(reply));
            if (!writer.isPlain) followed += 1;
            expect(dimmed.size).toBe(0);
          }
          writer.restore();
          expect(findDifference(before)).toBeUndefined();
          expect(dimmed.size).toBe(0);
        }
      }
    });
    await fc.assert(property, parameters);
    expect(followed).toBeGreaterThan(numRuns / 4);
  });

  it('come back node for node whatever the model makes of the marks', { timeout }, async () => {
    const property = fc.asyncProperty(parts, turns, async (given, plan) => {
      await nextTask();
      const segments = collect(given);
      const before = snapshot();
      const writers = segments.map((segment) => {
        const writer = createSegmentWriter(segment, given.isDimmed ? createTestDim().dim : undefined);
        play(writer, spoil(segment.text, plan), given);
        return writer;
      });
      for (const writer of writers) writer.restore();
      expect(findDifference(before)).toBeUndefined();
    });
    await fc.assert(property, parameters);
  });

  it('leave alone what the page does meanwhile', { timeout }, async () => {
    const property = fc.asyncProperty(parts, orders, turns, changes, async (given, picks, plan, planned) => {
      await nextTask();
      const segments = collect(given);
      const known = new Set(allNodes());
      const page = createPage(known);
      const left = [...planned];
      for (const [index, segment] of segments.entries()) {
        const writer = createSegmentWriter(segment, given.isDimmed ? createTestDim().dim : undefined);
        const reply =
          index % 2 === (picks[0] ?? 0) % 2
            ? reorder(segment.text, segment.firstMark, picks)
            : spoil(segment.text, plan);
        let frame = 0;
        play(writer, reply, given, () => {
          frame += 1;
          const change = frame % 3 === 0 ? left.pop() : undefined;
          if (change) page.act(change);
        });
        for (const change of left.splice(0)) page.act(change);
        writer.restore();
        page.expectItsWay();
      }
    });
    await fc.assert(property, parameters);
  });
});

/** White space before the first word and at the very end is not written; behind a mark that holds nothing it is. */
function trimmed(reply: string): string {
  return reply.trimEnd().replace(/^((?:\s*<\d+>)*)\s+/, (_, marks: string) => marks.replace(/\s/g, ''));
}

/** A page that changes itself and remembers what it wants. */
function createPage(known: Set<Node>) {
  const gone = new Set<Node>();
  const said = new Map<Text, string>();
  const put = new Set<Node>();
  const moved = new Map<Node, Node>();
  const nodes = () => allNodes().slice(1);
  const act = ({ kind, at, to }: Change): void => {
    const all = nodes();
    const node = all[at % all.length];
    const other = all[to % all.length];
    if (!node || !other || node.parentNode === document.body) return;
    const drop = (root: Node) => {
      for (const one of allNodes(root)) gone.add(one);
    };
    if (kind === 'remove' || kind === 'replace') {
      drop(node);
      const fresh = document.createTextNode('fresh');
      if (kind === 'replace') {
        put.add(fresh);
        node.parentNode?.replaceChild(fresh, node);
      } else node.parentNode?.removeChild(node);
    } else if (kind === 'insert') {
      const fresh = document.createElement('u');
      put.add(fresh);
      node.parentNode?.insertBefore(fresh, node);
    } else if (kind === 'rewrite' && node instanceof Text) {
      node.data = 'page';
      said.set(node, 'page');
    } else if (kind === 'move' && other instanceof Element && !node.contains(other)) {
      other.append(node);
      // Ours goes from wherever it is.
      if (known.has(node) || put.has(node)) moved.set(node, other);
    } else if (kind === 'normalize') {
      const before = new Map(nodes().flatMap((one) => (one instanceof Text ? [[one, one.data]] : [])));
      document.body.normalize();
      for (const [text, data] of before as Map<Text, string>) {
        if (!text.isConnected) gone.add(text);
        else if (text.data !== data) said.set(text, text.data);
      }
    } else if (kind === 'empty' && node instanceof Element) {
      for (const child of node.childNodes) drop(child);
      node.replaceChildren();
    }
  };
  return {
    act,
    expectItsWay() {
      const now = nodes();
      for (const node of now) {
        expect(gone.has(node), 'a node that the page removed came back').toBe(false);
        const isPages = known.has(node) || put.has(node);
        const isKept = node instanceof Text && said.get(node) === node.data;
        expect(isPages || isKept, `a node of ours stayed: ${node.nodeValue}`).toBe(true);
      }
      for (const [node, data] of said) if (node.isConnected) expect(node.data).toBe(data);
      for (const [node, parent] of moved) if (!gone.has(node)) expect(node.parentNode).toBe(parent);
      for (const node of put) if (!gone.has(node)) expect(node.isConnected).toBe(true);
    },
  };
}
