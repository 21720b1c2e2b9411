// A piece of our own interface as data, and back. What is made of it has no more than what it takes to look the same: no links, no
// sources, no handlers, whatever stands in the data.

/** Text, or an element: its name, its attributes, and what is in it. */
export type StillNode = string | [tag: string, attributes: Record<string, string>, ...children: StillNode[]];

const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

const TAGS = new Set(
  `a article b bdi blockquote br button code dd del details div dl dt em footer form h1 h2 h3 h4 h5 h6 header hr i kbd label li main mark
  ol p path pre s section small span strong sub summary sup svg table tbody td textarea tfoot th thead time tr ul var`.split(
    /\s+/,
  ),
);
// Not `data-text`: the message box is as high as what was being written in it, and what that is has a place of its own.
const ATTRIBUTES =
  /^(aria-[a-z]+|data-(?!text)[a-z-]+|class|colspan|d|dir|disabled|lang|open|placeholder|role|rows|rowspan|start|tabindex|title|type|viewBox)$/;

/** `skips` leaves an element out. Code is there without its colours, which come late in the view itself too. */
export function toStill(root: Element, skips: (element: Element) => boolean): StillNode[] {
  const nodes: StillNode[] = [];
  for (const node of root.childNodes) {
    if (node instanceof Text) nodes.push(node.data);
    if (!(node instanceof Element) || skips(node)) continue;
    const { localName } = node;
    if (localName === 'code' || !TAGS.has(localName)) nodes.push(...asText(node));
    else nodes.push([localName, attributesOf(node), ...toStill(node, skips)]);
  }
  return nodes;
}

function asText(element: Element): StillNode[] {
  const text = element.textContent ?? '';
  return TAGS.has(element.localName) ? [[element.localName, attributesOf(element), text]] : [text];
}

function attributesOf(element: Element): Record<string, string> {
  const kept = [...element.attributes].filter(({ name }) => ATTRIBUTES.test(name));
  return Object.fromEntries(kept.map(({ name, value }) => [name, value]));
}

/** The nodes that are described; what may not be in a still is left out. */
export function fromStill(nodes: readonly StillNode[]): DocumentFragment {
  const made = document.createDocumentFragment();
  for (const node of nodes) made.append(typeof node === 'string' ? node : toElement(node));
  return made;
}

function toElement([tag, attributes, ...children]: Exclude<StillNode, string>): Element | string {
  if (!TAGS.has(tag)) return '';
  const element = document.createElementNS(tag === 'svg' || tag === 'path' ? SVG : HTML, tag);
  for (const [name, value] of Object.entries(attributes))
    if (ATTRIBUTES.test(name)) element.setAttribute(name, value);
  element.append(fromStill(children));
  return element;
}
