// The tree as it is drawn: a shadow tree stands in place of its host's children, slotted nodes stand in their slots. Only open shadow trees
// are known to us.

/** What is drawn inside an element. */
export function flatChildren(element: Element): Iterable<Node> {
  if (element.shadowRoot) return element.shadowRoot.childNodes;
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  return element.childNodes;
}

/** The element around a node, or around a shadow root; null at the top. */
export function flatParent(node: Node): Element | null {
  if (node instanceof ShadowRoot) return node.host;
  const slot = node instanceof Element || node instanceof Text ? node.assignedSlot : null;
  if (slot) return slot;
  const { parentNode } = node;
  if (parentNode instanceof ShadowRoot) return parentNode.host;
  return parentNode instanceof Element ? parentNode : null;
}

/** The nearest element, from `node` itself outwards, that `is` says yes to. */
export function findAround(node: Node, is: (element: Element) => boolean): Element | undefined {
  for (let at: Node | null = node; at; at = flatParent(at)) if (at instanceof Element && is(at)) return at;
  return undefined;
}

/** The element with the focus, inside shadow trees too. */
export function focusedIn(document: Document): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
