// Puts the inline elements of one parent into another order, and back. Only elements change places among themselves: text, comments and
// whatever else stands between them stays, and no element gets another parent, so a framework that removes its own node finds it where it
// must be. Nothing here throws when the page has changed the parent meanwhile: then what it changed is left alone.

export interface Arrangement {
  /** The page has taken one of the elements out, or moved it. */
  isDisturbed(): boolean;
  /** Puts the elements into this order; false, with nothing done, where the page has changed them, or would take the wrong ones out later. */
  arrange(order: readonly Element[]): boolean;
  /** Puts a text node of ours before the element at a place, or behind the last one; false where the page has changed that. */
  insert(text: Text, place: number): boolean;
  /** Puts back what stands where we put it; text nodes of ours are to be gone by then. */
  restore(): { restored: number; changed: number };
}

/** For elements as they stand one behind the other. Those that are not children of one parent keep their places. */
export function createArrangement(elements: readonly Element[]): Arrangement {
  return new Places(elements);
}

class Places implements Arrangement {
  readonly #parent: ParentNode | null;
  readonly #parents: ReadonlyMap<Element, ParentNode | null>;
  readonly #originals: readonly Element[];
  #order: readonly Element[];
  /** The parent's own children before the first move. */
  #before: Node[] | undefined;
  /** They, as they stood after the last one. */
  #arranged: Node[] = [];
  readonly #added = new Set<Node>();

  constructor(elements: readonly Element[]) {
    this.#originals = elements;
    this.#order = elements;
    this.#parent = elements[0]?.parentNode ?? null;
    this.#parents = new Map(elements.map((element) => [element, element.parentNode]));
  }

  isDisturbed(): boolean {
    if (this.#order.some((element) => element.parentNode !== this.#parents.get(element))) return true;
    return this.#parent !== null && !isSame(this.#ours(this.#parent), this.#order.filter(this.#isIn));
  }

  arrange(order: readonly Element[]): boolean {
    if (isSame(order, this.#order)) return true;
    const parent = this.#parent;
    if (!parent || !isSame(this.#ours(parent), this.#order) || (losesState(parent) && order.some(hasFrame)))
      return false;
    const children = [...parent.childNodes];
    if (children.some(marksOut)) return false;
    this.#before ??= children.filter((child) => !this.#added.has(child));
    let place = 0;
    const wanted = children.map((child) => (this.#isOurs(child) ? (order[place++] ?? child) : child));
    this.#order = order;
    this.#arranged = wanted.filter((child) => !this.#added.has(child));
    for (let at = wanted.length - 1; at >= 0; at -= 1) {
      const node = wanted[at];
      if (node && this.#isOurs(node)) move(parent, node, wanted[at + 1] ?? null);
    }
    return true;
  }

  insert(text: Text, place: number): boolean {
    const next = this.#order[place];
    const beside = next ?? this.#order.at(-1);
    const parent = beside?.parentNode;
    if (!beside || !parent || parent !== this.#parents.get(beside)) return false;
    this.#added.add(text);
    parent.insertBefore(text, next ?? beside.nextSibling);
    return true;
  }

  restore(): { restored: number; changed: number } {
    const parent = this.#parent;
    const before = this.#before;
    const order = this.#order;
    const moved = order.filter((element, place) => element !== this.#originals[place]);
    this.#order = this.#originals;
    this.#before = undefined;
    if (!parent || !before) return { restored: 0, changed: 0 };
    const here = order.filter((element) => element.parentNode === parent);
    // A page that has put them into an order of its own wants them there.
    const isPages = !isSame(here, this.#ours(parent));
    const settled = isPages ? new Set<Node>() : this.#putBack(parent, before);
    const restored = moved.filter((element) => settled.has(element)).length;
    return { restored, changed: moved.length - restored };
  }

  /** Gives each element its place before what stood behind it; returns what stands where it stood. */
  #putBack(parent: ParentNode, old: readonly Node[]): Set<Node> {
    const heirs = this.#findHeirs(old);
    const before = old.map((node) => heirs.get(node) ?? node);
    const goes = new Set<Node>([...this.#originals, ...heirs.values()]);
    const isIn = this.#isIn;
    const settled = new Set(before.filter((node) => !goes.has(node)));
    for (let at = before.length - 1; at >= 0; at -= 1) {
      const node = before[at];
      if (!node || !goes.has(node)) continue;
      const hasNeighbour = before.length === 1 || isIn(before[at - 1]) || isIn(before[at + 1]);
      const next = before.slice(at + 1).find((other) => settled.has(other) && isIn(other));
      const behind = [...parent.childNodes].findLast((other) => other !== node && before.includes(other));
      if (hasNeighbour && move(parent, node, next ?? behind?.nextSibling ?? null)) settled.add(node);
    }
    return settled;
  }

  /** A page that draws one of the elements anew puts another node where we had put it; that one belongs where the element stood. */
  #findHeirs(before: readonly Node[]): Map<Node, Node> {
    const heirs = new Map<Node, Node>();
    for (const [at, node] of this.#arranged.entries()) {
      if (!this.#isOurs(node) || this.#isIn(node)) continue;
      const [left, right] = [this.#arranged[at - 1], this.#arranged[at + 1]];
      const heir = this.#isIn(right) ? right.previousSibling : this.#isIn(left) && left.nextSibling;
      if (heir && !before.includes(heir)) heirs.set(node, heir);
    }
    return heirs;
  }

  readonly #isIn = (node: Node | undefined): node is Node => node?.parentNode === this.#parent;

  #isOurs(node: Node): node is Element {
    return this.#originals.some((element) => element === node);
  }

  #ours(parent: ParentNode): Element[] {
    return [...parent.childNodes].filter((child) => this.#isOurs(child));
  }
}

/**
 * Frameworks take out all that stands between two nodes of theirs, or from one on, so nothing may be moved in there or out. What begins
 * with a space is a person's comment, or React's between two texts; Vue's `v-if` stands for one node.
 */
function marksOut(node: Node): boolean {
  return node instanceof Comment && !/^( |v-if$)/.test(node.data);
}

/** Whether a move loads frames anew; older browsers know no other. */
function losesState(parent: ParentNode): boolean {
  return !('moveBefore' in parent);
}

function hasFrame(element: Element): boolean {
  const frames = 'iframe, object, embed, video, audio';
  return element.matches(frames) || element.querySelector(frames) !== null;
}

function isSame(one: readonly Node[], other: readonly Node[]): boolean {
  return one.length === other.length && one.every((node, index) => node === other[index]);
}

/** Custom elements hear of each move and may change the parent under us, so each is looked at anew. */
function move(parent: ParentNode, node: Node, before: Node | null): boolean {
  if (node.parentNode !== parent || (before && before.parentNode !== parent)) return false;
  if (node.nextSibling === before) return true;
  const plain: Node = parent;
  // Keeps what an insertion loses: focus, frames, animations.
  if ('moveBefore' in parent) parent.moveBefore(node, before);
  else plain.insertBefore(node, before);
  return true;
}
