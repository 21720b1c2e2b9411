// Brings a reference's HTML and our elements to one form, so that they can be compared. What is made different on purpose is evened out
// here, and only here: soft breaks are line breaks, images and HTML are text, addresses that are not the web's are no links.

const BLOCKS = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tr th td figure'.split(' '),
);

/** What holds nothing but blocks; white space in it is the writer's. */
const HOLDERS = new Set('body ul ol blockquote table thead tbody tr'.split(' '));

export function parseHtml(html: string): HTMLElement {
  const { body } = new DOMParser().parseFromString(`<!doctype html><body>${html}`, 'text/html');
  return body;
}

/** Which characters are escaped in an address is a matter of taste. */
function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The address as a browser opens it, or undefined where we make no link. */
function findAddress(href: string | null): string | undefined {
  if (href === null || !/^(?:https?|mailto):/i.test(href)) return undefined;
  try {
    const url = new URL(href);
    url.username = '';
    url.password = '';
    return url.protocol === 'mailto:' && !url.pathname.includes('@') ? undefined : decode(url.href);
  } catch {
    return undefined;
  }
}

function alignmentOf(element: Element): string {
  const ours = /\balign-(\w+)/.exec(element.className)?.[1];
  return ours ?? element.getAttribute('align') ?? (element as HTMLElement).style.textAlign ?? '';
}

function attributesOf(element: Element): string {
  if (element.localName === 'ol') return element.getAttribute('start') ?? '1';
  if (element.localName === 'a') return findAddress(element.getAttribute('href')) ?? '';
  if (/^t[hd]$/.test(element.localName)) return alignmentOf(element);
  if (element.localName === 'input') return element.hasAttribute('checked') ? 'checked' : '';
  return '';
}

function codeBlock(language: string, text: string): string {
  return `<pre ${language}>${text.replace(/\n$/, '')}</pre>`;
}

function describeCode(element: Element): string | undefined {
  if (element.localName === 'figure') {
    const language = element.querySelector('.language')?.textContent ?? '';
    return codeBlock(language, element.querySelector('code')?.textContent ?? '');
  }
  if (element.localName !== 'pre') return undefined;
  const code = element.firstElementChild;
  const language = /(?:^|\s)language-(\S+)/.exec(code?.className ?? '')?.[1] ?? '';
  return codeBlock(language, element.textContent ?? '');
}

function isBlock(node: Node | null | undefined): boolean {
  return node?.nodeType === 1 && (BLOCKS.has((node as Element).localName) || isWrapper(node as Element));
}

/** Elements of ours that only hold others. */
function isWrapper(element: Element): boolean {
  return element.localName === 'div' && /^(?:group|table-scroll)\b/.test(element.className);
}

function describeChildren(parent: Node): string {
  const parts = [...parent.childNodes].map((node) => describeNode(node));
  return parts.join('').replace(/[ \t]*\n[ \t]*/g, '\n');
}

/** Text between blocks says nothing; raw HTML of ours is text of its own line. */
function describeNode(node: Node): string {
  if (node.nodeType === 3) {
    const text = node.nodeValue ?? '';
    const parent = node.parentElement?.localName ?? '';
    const isBetween = HOLDERS.has(parent) || isBlock(node.previousSibling) || isBlock(node.nextSibling);
    return isBetween ? text.replace(/^\n+|\n+$/g, '') : text;
  }
  if (node.nodeType !== 1) return '';
  const element = node as Element;
  const { localName, className } = element;
  if (localName === 'br') return '\n';
  if (localName === 'img' || className === 'image') return '[image]';
  if (className === 'host') return '[host]';
  if (className.split(' ').includes('raw')) return `\n${(element.textContent ?? '').trim()}\n`;
  if (isWrapper(element)) return describeChildren(element);
  if (localName === 'tbody' && element.childElementCount === 0) return '';
  const code = describeCode(element);
  if (code !== undefined) return code;
  const inside = BLOCKS.has(localName) ? describeChildren(element).trim() : describeChildren(element);
  if (localName === 'a' && attributesOf(element) === '') return inside;
  if (localName === 'hr') return '<hr>';
  if (localName === 'input') return `<input ${attributesOf(element)}>`;
  return `<${localName} ${attributesOf(element)}>${inside}</${localName}>`;
}

/** One text for all trees that mean the same. `hasRawHtml`: where such text begins a line is not compared. */
export function describeTree(root: HTMLElement, hasRawHtml = false): string {
  const text = describeChildren(root)
    .replaceAll(' [host]', '')
    .replace(/(?<=<input \w*>) /g, '')
    .replace(/\n+/g, '\n')
    .trim();
  return hasRawHtml ? text.replace(/(?<=>)\s+|\s+(?=<)/g, '') : text;
}
