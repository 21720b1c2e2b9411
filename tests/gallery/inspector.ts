// Looks at a page of the gallery from inside, in the page's own world: what is there before, and what has become of it.
import type { Case, Look, Stretch } from './case.ts';

export interface Inspector {
  /** Remembers every node, selects what the case says, and tells the page's text as it is drawn. */
  begin(): Stretch[];
  /** What is different now, while a translation stands in the page. */
  look(): Look;
  /** What is different after the originals are back; empty where nothing is. */
  lookBack(): string[];
  /** Layout shift since `begin`, of whatever cause. */
  shift(): Promise<number>;
}

declare global {
  interface Window {
    inspector: Inspector;
  }
}

export function readCase(): Case {
  return JSON.parse(document.querySelector('#case')?.textContent ?? '') as Case;
}

/** Evaluated in the page, so it brings along all that it needs. */
export function installInspector(wanted: Case): void {
  const OURS = ['data-runnel', 'lang', 'dir'];
  const UNSEEN = 'script, style, template, noscript, title, head';
  const CONTROL = /^r[0-9a-z]+-r[0-9a-z]+$/;

  const isElement = (node: Node | null | undefined): node is Element => node?.nodeType === Node.ELEMENT_NODE;
  const isText = (node: Node | null | undefined): node is Text =>
    node?.nodeType === Node.TEXT_NODE || node?.nodeType === Node.CDATA_SECTION_NODE;
  const nameOf = (node: Node): string => {
    if (!isElement(node))
      return `text "${node.nodeValue?.trim().slice(0, 30)}" in ${node.parentNode ? nameOf(node.parentNode) : 'nothing'}`;
    return (
      node.localName +
      (node.id ? `#${node.id}` : '') +
      (node.getAttribute('class') ? `.${node.getAttribute('class')}` : '')
    );
  };
  const childrenOf = (node: Node): Node[] => {
    const root = isElement(node) && node.shadowRoot ? [node.shadowRoot] : [];
    return [...root, ...node.childNodes];
  };
  const flat = (element: Element): Node[] => {
    if (element.shadowRoot) return [...element.shadowRoot.childNodes];
    const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
    return assigned.length > 0 ? assigned : [...element.childNodes];
  };
  const flatParent = (node: Node): Element | null => {
    if (isElement(node) || isText(node)) if (node.assignedSlot) return node.assignedSlot;
    const parent = node.parentNode;
    return parent instanceof ShadowRoot ? parent.host : isElement(parent) ? parent : null;
  };
  const around = (node: Node, is: (element: Element) => boolean): Element | null => {
    for (let at = isElement(node) ? node : flatParent(node); at; at = flatParent(at)) if (is(at)) return at;
    return null;
  };

  /** Every node in the order of the trees, our own control aside. */
  const everything = (known?: Set<Node>): Node[] => {
    const all: Node[] = [];
    const add = (node: Node): void => {
      if (isElement(node) && known && !known.has(node) && CONTROL.test(node.localName)) return;
      all.push(node);
      for (const child of childrenOf(node)) add(child);
    };
    add(document);
    return all;
  };
  const attributesOf = (element: Element, without: string[] = []): string =>
    [...element.attributes]
      .filter(({ name }) => !without.includes(name))
      .map(({ name, value }) => `${name}=${JSON.stringify(value)}`)
      .join(' ');
  const says = (node: Node): string =>
    isElement(node)
      ? `<${node.localName} ${attributesOf(node)}>`
      : `${node.nodeName} ${node.nodeValue ?? ''}`;

  const findAll = (selector: string): Element[] => {
    let roots: (Document | ShadowRoot | Element)[] = [document];
    const steps = selector.split(' >>> ');
    for (const [index, step] of steps.entries()) {
      const found = roots.flatMap((root) => [...root.querySelectorAll(step)]);
      if (index === steps.length - 1) return found;
      roots = found.flatMap(({ shadowRoot }) => shadowRoot ?? []);
    }
    return [];
  };
  const expectOne = (selector: string): Element => {
    const [found] = findAll(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
  };
  const textsIn = (element: Element): Text[] =>
    flat(element).flatMap((node) =>
      isText(node) ? [node] : isElement(node) && !node.matches(UNSEEN) ? textsIn(node) : [],
    );

  interface Run {
    nodes: Text[];
    stretch: Stretch;
  }
  const readRuns = (root: Element): Text[][] => {
    const runs: Text[][] = [];
    let open: Text[] | undefined;
    const walk = (element: Element): void => {
      for (const node of flat(element)) {
        if (isText(node)) {
          if (!open) {
            open = [];
            runs.push(open);
          }
          open.push(node);
        } else if (isElement(node) && node.localName !== 'wbr' && !node.matches('script, style, template')) {
          open = undefined;
          walk(node);
          open = undefined;
        }
      }
    };
    walk(root);
    return runs;
  };

  interface End {
    text: Text;
    offset: number;
    /** For the selection. */
    node: Node;
    at: number;
  }
  const findEnd = (place: string, isStart: boolean): End => {
    const [selector = '', words] = place.split('|');
    const element = expectOne(selector);
    const texts = textsIn(element);
    if (words === undefined) {
      const text = isStart ? texts[0] : texts.at(-1);
      if (!text) throw new Error(`no text in ${selector}`);
      return {
        text,
        offset: isStart ? 0 : text.length,
        node: element,
        at: isStart ? 0 : element.childNodes.length,
      };
    }
    const text = texts.find(({ data }) => data.includes(words));
    if (!text) throw new Error(`no "${words}" in ${selector}`);
    const offset = text.data.indexOf(words) + (isStart ? 0 : words.length);
    return { text, offset, node: text, at: offset };
  };

  const boxesOf = (elements: Element[]): number[][] =>
    elements.map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return [left, top, right, bottom].map((edge, index) => edge + (index % 2 ? scrollY : scrollX));
    });
  const farthest = (elements: Element[], before: number[][]): Look['moved'] => {
    let most = { px: 0, where: '' };
    for (const [index, box] of boxesOf(elements).entries()) {
      const px = Math.max(...box.map((edge, side) => Math.abs(edge - (before[index]?.[side] ?? 0))));
      if (px > most.px) most = { px: Math.round(px * 10) / 10, where: nameOf(elements[index] ?? document) };
    }
    return most;
  };

  let nodes: Node[] = [];
  let known = new Set<Node>();
  let said: string[] = [];
  let plainAttributes: string[] = [];
  let parents: (Node | null)[] = [];
  let runs: Run[] = [];
  let elements: Element[] = [];
  /** Words may be a hair wider than before; blocks may not. */
  let boxed: Element[] = [];
  let boxes: number[][] = [];
  let heard = 0;
  let listening: Element[] = [];
  let scrolled: string[] = [];
  let shifts = 0;
  let observer: PerformanceObserver | undefined;

  const scrollState = (): string[] =>
    elements
      .filter(({ scrollTop, scrollLeft }) => scrollTop || scrollLeft)
      .map((one) => `${nameOf(one)} ${one.scrollTop} ${one.scrollLeft}`);
  const isIn = (node: Node, selectors: string[]): boolean =>
    around(node, (element) => selectors.some((selector) => findAll(selector).includes(element))) !== null;

  const measureRuns = (): Run[] => {
    const [first, last = first] = wanted.select;
    const start = findEnd(first, true);
    const end = findEnd(last, false);
    let isIn_ = false;
    const found = readRuns(document.documentElement).map((list) => {
      let text = '';
      let from = -1;
      let to = -1;
      for (const node of list) {
        if (node === start.text) isIn_ = true;
        if (isIn_) {
          if (from === -1) from = text.length + (node === start.text ? start.offset : 0);
          to = text.length + (node === end.text ? end.offset : node.length);
        }
        if (node === end.text) isIn_ = false;
        text += node.data;
      }
      const parent = flatParent(list[0] ?? document);
      const keepsSpace = parent !== null && /^(pre|break)/.test(getComputedStyle(parent).whiteSpace);
      const node = list[0] ?? document;
      const isUnseen = parent?.matches(UNSEEN) ?? true;
      const stretch: Stretch = {
        where: nameOf(node),
        text,
        keepsSpace,
        from: Math.max(0, from),
        to: Math.max(0, to),
        isKept: isUnseen || isIn(node, wanted.keep ?? []),
        isTold: isIn(node, Object.keys(wanted.expect ?? {})),
      };
      return { nodes: list, stretch };
    });
    getSelection()?.setBaseAndExtent(start.node, start.at, end.node, end.at);
    return found;
  };

  const compareStructure = (): string[] => {
    const now = everything(known);
    const wrong: string[] = [];
    const isSame = (one: Node, other: Node | undefined) => one === other;
    const added = now.filter((node) => !known.has(node));
    wrong.push(...added.map((node) => `new: ${nameOf(node)}`));
    const here = new Set(now);
    wrong.push(...nodes.filter((node) => !here.has(node)).map((node) => `gone: ${says(node)}`));
    wrong.push(
      ...nodes.flatMap((node, index) =>
        node.parentNode === parents[index] ? [] : [`other parent: ${nameOf(node)}`],
      ),
    );
    if (wanted.mirror !== 'marks' && wrong.length === 0) {
      const at = nodes.findIndex((node, index) => !isSame(node, now[index]));
      if (at !== -1) wrong.push(`out of its place: ${says(nodes[at] ?? document)}`);
    }
    for (const element of listening) element.dispatchEvent(new Event('gallery-ping'));
    if (heard !== listening.length) wrong.push(`${heard} of ${listening.length} listeners are alive`);
    heard = 0;
    if (String(scrolled) !== String(scrollState())) wrong.push(`scrolled: ${scrolled} is ${scrollState()}`);
    return wrong;
  };

  window.inspector = {
    begin() {
      nodes = everything();
      known = new Set(nodes);
      said = nodes.map(says);
      parents = nodes.map(({ parentNode }) => parentNode);
      elements = nodes.filter(isElement);
      plainAttributes = elements.map((element) => attributesOf(element, OURS));
      runs = measureRuns();
      listening = elements.filter((element) =>
        element.matches('a, button, summary, label, [role], [tabindex]'),
      );
      for (const element of listening) element.addEventListener('gallery-ping', () => (heard += 1));
      boxed = elements
        .filter((element) => element.checkVisibility())
        .filter((element) => !/^(inline|contents|none)/.test(getComputedStyle(element).display));
      boxes = boxesOf(boxed);
      scrolled = scrollState();
      observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          shifts += (entry as PerformanceEntry & { value: number }).value;
      });
      observer.observe({ type: 'layout-shift' });
      return runs.map(({ stretch }) => stretch);
    },
    look() {
      const attributes = elements.flatMap((element, index) =>
        attributesOf(element, OURS) === plainAttributes[index]
          ? []
          : [`${nameOf(element)}: ${attributesOf(element)}, not ${plainAttributes[index]}`],
      );
      const states = runs.map(({ nodes: [node = document] }) => {
        const block = around(node, (element) => element.hasAttribute('data-runnel'));
        const parent = flatParent(node);
        return {
          lang: around(node, (element) => element.hasAttribute('lang'))?.getAttribute('lang') ?? null,
          dir: parent ? getComputedStyle(parent).direction : '',
          state: block?.getAttribute('data-runnel') ?? null,
        };
      });
      const told = Object.fromEntries(
        Object.keys(wanted.expect ?? {}).map((selector) => {
          const texts = textsIn(expectOne(selector)).filter(
            (text) => getComputedStyle(flatParent(text) ?? document.body).display !== 'none',
          );
          const text = texts.map(({ data }) => data).join('');
          return [selector, text.replace(/\s+/g, ' ').trim()];
        }),
      );
      return {
        texts: runs.map((run) => run.nodes.map(({ data }) => data).join('')),
        structure: compareStructure(),
        attributes,
        states,
        told,
        moved: farthest(boxed, boxes),
      };
    },
    lookBack() {
      const now = everything(known);
      const wrong = compareStructure();
      for (let index = 0; index < Math.max(now.length, nodes.length); index += 1) {
        const [was, is] = [nodes[index], now[index]];
        if (was !== is) wrong.push(`node ${index}: ${was && says(was)} is ${is && says(is)}`);
        else if (is && says(is) !== said[index])
          wrong.push(`node ${index} says ${says(is)}, not ${said[index]}`);
        if (wrong.length > 3) break;
      }
      const { px, where } = farthest(boxed, boxes);
      if (px > 0) wrong.push(`${where} stands ${px} px elsewhere`);
      if (CSS.highlights.size > 0) wrong.push('something is still dimmed');
      return wrong;
    },
    async shift() {
      // An entry is there a frame after the shift.
      for (let frame = 0; frame < 3; frame += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const entry of observer?.takeRecords() ?? [])
        shifts += (entry as PerformanceEntry & { value: number }).value;
      return shifts;
    },
  };
}
