// Copies of a page's inline elements, for the eye alone: no id, no listener, no script, and nothing that is loaded for them. What a page
// script of an extension puts into a page is not held by the page's policy, so nothing that the policy has kept out may come back in here.

/** Copied as what they are; others are drawn as spans. */
const COPIED =
  'a, abbr, b, bdi, bdo, big, br, cite, code, del, dfn, em, font, i, img, ins, kbd, mark, q, rp, rt, ruby, s, samp, small, span, strike, strong, sub, sup, time, tt, u, var';
const KEPT_ATTRIBUTES = [
  'class',
  'href',
  'target',
  'rel',
  'referrerpolicy',
  'title',
  'alt',
  'width',
  'height',
];
/** What decides which picture is loaded, and how. */
const PICTURE_ATTRIBUTES = ['crossorigin', 'loading', 'sizes', 'srcset', 'src'];
/** Not seen as text, whatever text is in them. */
const WORDLESS =
  'audio, canvas, embed, iframe, input, meter, object, picture, progress, select, textarea, video';
/** Formulas and drawings, which are nothing without what is in them. */
const WHOLE = 'math, svg, mjx-container, .MathJax, .katex';
/** Of these, what loads, runs or rules. */
const LIVE =
  'script, style, link, image, img, feImage, foreignObject, annotation-xml, animate, animateMotion, animateTransform, set, audio, canvas, embed, iframe, object, video, input, select, textarea, button';

/** `isVoid`: it stays as it is in its line. */
export function copyElement(from: Element, isVoid: boolean): Element {
  if (isVoid && from.matches(WHOLE)) return copyWhole(from);
  const copy = from.ownerDocument.createElement(from.matches(COPIED) ? from.localName : 'span');
  // What is not there yet, or was refused, is not asked for again.
  const isLoaded = from instanceof HTMLImageElement && from.complete && from.naturalWidth > 0;
  for (const name of isLoaded ? [...KEPT_ATTRIBUTES, ...PICTURE_ATTRIBUTES] : KEPT_ATTRIBUTES) {
    const value = from.getAttribute(name);
    if (value !== null && !(name === 'href' && runs(from))) copy.setAttribute(name, value);
  }
  copyStyle(from, copy);
  if (isVoid && !from.matches(`br, img, ${WORDLESS}`)) copy.textContent = from.textContent;
  return copy;
}

function runs(link: Element): boolean {
  return link instanceof HTMLAnchorElement && link.protocol === 'javascript:';
}

/** The style as it is in force: one that the page's policy refused is in the attribute all the same. */
function copyStyle(from: Element, copy: Element): void {
  const [{ style: old }, { style }] = [from, copy] as Partial<ElementCSSInlineStyle>[] as [
    Partial<ElementCSSInlineStyle>,
    Partial<ElementCSSInlineStyle>,
  ];
  copy.removeAttribute('style');
  if (!old || !style || old.cssText === '') return;
  style.cssText = old.cssText;
  for (const name of Array.from(style))
    if (isLoading(style.getPropertyValue(name))) style.removeProperty(name);
}

function copyWhole(from: Element): Element {
  // Made where nothing runs and nothing is loaded.
  const whole = from.ownerDocument.implementation.createHTMLDocument().importNode(from, true);
  const [originals, parts] = [from, whole].map((top) => [top, ...top.querySelectorAll('*')]) as [
    Element[],
    Element[],
  ];
  for (const [index, part] of parts.entries()) {
    for (const { name, value } of [...part.attributes]) if (isLive(name, value)) part.removeAttribute(name);
    copyStyle(originals[index] ?? part, part);
  }
  for (const part of parts) if (part !== whole && part.matches(LIVE)) part.remove();
  return whole;
}

/** Events and names; addresses elsewhere than on this page. */
function isLive(name: string, value: string): boolean {
  if (/^(on|id$|name$|src|data$|action)/i.test(name)) return true;
  return /(^|:)href$/i.test(name) ? !/^\s*#/.test(value) : isLoading(value);
}

function isLoading(value: string): boolean {
  return /(url|src|image|image-set)\(\s*["']?(?!["'\s#])/i.test(value);
}
