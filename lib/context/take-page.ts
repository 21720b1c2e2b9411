// Runs in the page, in a world of its own, on a click: hands out what is in sight there as HTML. It changes nothing, and what it hands out
// is read by nobody there.
import type { TakenPage } from './page-types.ts';

/** Sent to the page as its source, so everything it needs is inside. Text that a person cannot see is left out: it is not what they mean. */
export function takePage(): TakenPage {
  const MAX_LENGTH = 3_000_000;
  const LEFT_OUT =
    /^(script|style|noscript|template|iframe|frame|object|embed|canvas|svg|audio|video|input|textarea|select|button|link|meta)$/i;
  const KEPT_ATTRIBUTES = ['id', 'class', 'role', 'itemprop', 'rel', 'lang', 'dir'];
  const parts: string[] = [];
  let length = 0;
  const put = (text: string) => {
    parts.push(text);
    length += text.length;
  };
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  /** Boxless elements whose children are drawn all the same are in sight. */
  const isShown = (element: Element, style: CSSStyleDeclaration) =>
    element.getAttribute('aria-hidden') !== 'true' &&
    Number(style.opacity) >= 0.1 &&
    (style.display === 'contents' || element.tagName === 'BR' || element.checkVisibility());
  const isReadable = (element: Element, style: CSSStyleDeclaration) => {
    if (style.visibility !== 'visible' || Number.parseFloat(style.fontSize) < 4) return false;
    const { right, bottom, width } = element.getBoundingClientRect();
    return width === 0 || (right + scrollX > 0 && bottom + scrollY > 0);
  };
  const childrenOf = (element: Element): Iterable<Node> => {
    if (element.shadowRoot) return element.shadowRoot.childNodes;
    const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
    return assigned.length > 0 ? assigned : element.childNodes;
  };
  const visit = (element: Element) => {
    if (length > MAX_LENGTH || LEFT_OUT.test(element.localName)) return;
    const style = getComputedStyle(element);
    if (!isShown(element, style)) return;
    const name = element.localName.replaceAll(/[^a-z0-9-]/g, '') || 'div';
    const attributes = KEPT_ATTRIBUTES.flatMap((attribute) => {
      const value = element.getAttribute(attribute);
      return value ? [` ${attribute}="${escaped(value.slice(0, 200))}"`] : [];
    });
    put(`<${name}${attributes.join('')}>`);
    let readable: boolean | undefined;
    for (const child of childrenOf(element)) {
      if (child instanceof Element) visit(child);
      else if (child.nodeType === Node.TEXT_NODE && child.nodeValue) {
        readable ??= isReadable(element, style);
        if (readable) put(escaped(child.nodeValue));
      }
    }
    if (!/^(br|hr|img|wbr|source|track|area|col)$/.test(name)) put(`</${name}>`);
  };
  if (document.body) visit(document.body);
  const { title, contentType } = document;
  const html = `<!doctype html><html><head><title>${escaped(title)}</title></head>${parts.join('')}</html>`;
  return { title, url: location.href, contentType, html, isCut: length > MAX_LENGTH };
}
