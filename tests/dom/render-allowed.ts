// What an answer may consist of. Written down a second time here on purpose: the writer has no such list to share.

const words = (text: string) => new Set(text.split(' '));

const ELEMENTS = words(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em del br hr a span input table thead tbody tr th td div figure figcaption button sup',
);
const MATH = words(
  'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd',
);
const ATTRIBUTES = words(
  'class dir href target rel referrerpolicy type disabled checked aria-label aria-pressed start role tabindex scope translate title id data-note hidden',
);
const MATH_ATTRIBUTES = words(
  'class style display displaystyle scriptlevel mathvariant stretchy symmetric fence separator largeop movablelimits form accent accentunder linethickness width height depth voffset lspace rspace minsize maxsize columnalign columnspacing rowspacing columnspan rowspan notation',
);
/** Of a few layout properties only, none of which takes an address. */
const STYLE = /^(?:(?:padding|margin|border|width|math-depth|text-align)[a-z-]*: [\w.%+ -]*; ?)*$/;

function findHarmIn(element: Element): string | undefined {
  const isMath = element.namespaceURI === 'http://www.w3.org/1998/Math/MathML';
  if (!(isMath ? MATH : ELEMENTS).has(element.localName)) return `element ${element.localName}`;
  for (const { name, value } of element.attributes) {
    if (!(isMath ? MATH_ATTRIBUTES : ATTRIBUTES).has(name)) return `attribute ${element.localName} ${name}`;
    if (name === 'style' && !STYLE.test(value)) return `style ${value}`;
    if (name === 'id' && !/^note-\d+-\d+$/.test(value)) return `id ${value}`;
    if (name === 'href' && !/^(?:https?:\/\/[^/]|mailto:|#note-\d+-\d+$)/.test(value)) return `href ${value}`;
    if (name === 'class' && !/^[a-z0-9 -]+$/.test(value)) return `class ${value}`;
  }
  const isLeaving = element.localName === 'a' && !element.getAttribute('href')?.startsWith('#');
  if (isLeaving && !element.getAttribute('rel')?.includes('noopener')) return 'a link that can look back';
  return undefined;
}

/** The first thing in `root` that an answer must not have; undefined where there is none. */
export function findHarm(root: HTMLElement): string | undefined {
  for (const element of root.querySelectorAll('*')) {
    const harm = findHarmIn(element);
    if (harm !== undefined) return harm;
  }
  return undefined;
}
