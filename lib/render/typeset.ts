// Formulas to MathML. Loaded when the first formula is shown; nothing else imports the typesetter. Its tree is copied element by element
// through lists of what is allowed, so that no command of it can bring in more than layout.
import temml from 'temml';

const MATHML = 'http://www.w3.org/1998/Math/MathML';

const ELEMENTS = new Set(
  (
    'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup msubsup ' +
    'munder mover munderover mmultiscripts mprescripts none mtable mtr mtd'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'display displaystyle scriptlevel mathvariant stretchy symmetric fence separator largeop movablelimits form accent ' +
    'accentunder linethickness width height depth voffset lspace rspace minsize maxsize columnalign columnspacing ' +
    'rowspacing columnspan rowspan notation'
  ).split(' '),
);
const ATTRIBUTE_VALUE = /^[\w.%+ -]{0,64}$/;
const STYLES = new Set(
  (
    'padding paddingLeft paddingRight paddingTop paddingBottom marginLeft marginRight border borderTop borderBottom ' +
    'borderLeft borderRight width mathDepth textAlign'
  ).split(' '),
);
const STYLE_VALUE = /^[\w.%+ -]{0,64}$/;
const CLASSES = /^(?:tml|chr)-[a-z0-9-]{1,20}$|^(?:mathcal|mathscr|upstrike|downstrike)$/;

const MAX_NODES = 3000;
const MAX_DEPTH = 100;

/** The typesetter's own node: an element, a text, or only a list of others. */
interface Node_ {
  type?: unknown;
  text?: unknown;
  attributes?: Readonly<Record<string, unknown>>;
  classes?: readonly unknown[];
  style?: Readonly<Record<string, unknown>>;
  children?: readonly Node_[];
}

class Refused extends Error {}

function copyLooks(element: MathMLElement, node: Node_): void {
  for (const [name, value] of Object.entries(node.attributes ?? {}))
    if (ATTRIBUTES.has(name) && ATTRIBUTE_VALUE.test(String(value)))
      element.setAttribute(name, String(value));
  // Written one by one: the pages' policy lets no attribute with styles in.
  const looks = 'style' in element ? Object.entries(node.style ?? {}) : [];
  for (const [name, value] of looks)
    if (STYLES.has(name) && STYLE_VALUE.test(String(value)))
      Object.assign(element.style, { [name]: String(value) });
  const classes = (node.classes ?? []).map(String).filter((name) => CLASSES.test(name));
  if (node.attributes?.['mathbackground'] === 'black') classes.push('rule');
  if (classes.length > 0) element.setAttribute('class', classes.join(' '));
}

/** @throws Refused for anything that is not on the lists, or too much */
function createCopy(page: Document) {
  let count = 0;
  return function copy(node: Node_, depth = 0): Node {
    count += 1;
    if (count > MAX_NODES || depth > MAX_DEPTH) throw new Refused('too large');
    if (typeof node.text === 'string') return page.createTextNode(node.text);
    const children = (node.children ?? []).map((child) => copy(child, depth + 1));
    if (node.type === undefined && node.children && node.attributes === undefined) {
      const list = page.createDocumentFragment();
      list.append(...children);
      return list;
    }
    if (typeof node.type !== 'string' || !ELEMENTS.has(node.type)) throw new Refused(String(node.type));
    const element = page.createElementNS(MATHML, node.type) as MathMLElement;
    copyLooks(element, node);
    element.append(...children);
    return element;
  };
}

/** One `math` element, or undefined where the formula is not one, or not one that is shown. */
export function createMath(page: Document, tex: string, display: boolean): Element | undefined {
  try {
    const tree: Node_ = temml.__renderToMathMLTree(tex, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: false,
      wrap: 'none',
      maxExpand: 300,
      maxSize: [20, 50],
    });
    const made = createCopy(page)(tree);
    const math = made.nodeType === 1 ? made : made.firstChild;
    return math?.nodeName === 'math' && (made === math || made.childNodes.length === 1)
      ? (math as Element)
      : undefined;
  } catch {
    // What cannot be read stays as it was written.
    return undefined;
  }
}
