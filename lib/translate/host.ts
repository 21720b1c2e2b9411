// The element that carries the control: of a random name, its content closed to the page, above everything the selection stands in.
import { CONTROL_STYLE, HOST_STYLE } from './control-style.ts';
import { findAround } from './flat.ts';

/** A page may throw our element out; it comes back this often. */
const MOST_RETURNS = 3;

export interface Host {
  readonly element: HTMLElement;
  /** For our own eyes: the page is given none. */
  readonly root: ShadowRoot;
  /** In CSS pixels of the viewport. */
  moveTo(left: number, top: number): void;
  remove(): void;
}

/** Appends the host to the page; `beside` is what the control is about, `style` what its content needs beside the control's. */
export function createHost(beside: Element, style = ''): Host {
  const document = beside.ownerDocument;
  const element = createElement(document);
  // As the page looks, whatever the browser prefers: light text stands on something dark.
  const follow = () => {
    const scheme = isLight(getComputedStyle(beside).color) ? 'dark' : 'light';
    element.style.setProperty('color-scheme', scheme, 'important');
  };
  const preference = document.defaultView?.matchMedia?.('(prefers-color-scheme: dark)');
  preference?.addEventListener('change', follow);
  follow();
  const root = element.attachShadow({ mode: 'closed' });
  addStyle(root, document, CONTROL_STYLE + style);
  // Whatever stands outside a modal dialog cannot be used.
  const parent = findAround(beside, (at) => matches(at, ':modal')) ?? document.documentElement;
  const isOnTop = findAround(beside, (at) => matches(at, ':modal, :popover-open, :fullscreen')) !== undefined;
  const append = () => {
    parent.append(element);
    if (isOnTop) raise(element);
  };
  append();
  const returning = keepAttached(element, parent, append);
  return {
    element,
    root,
    moveTo(left, top) {
      // By its edges it would count as a shift of the page's layout.
      element.style.setProperty('translate', `${Math.round(left)}px ${Math.round(top)}px`, 'important');
    },
    remove() {
      returning.disconnect();
      preference?.removeEventListener('change', follow);
      element.remove();
    },
  };
}

function createElement(document: Document): HTMLElement {
  const parts = crypto.getRandomValues(new Uint32Array(2));
  // Names of elements with a hyphen mean nothing to a browser; each part begins with a letter.
  const element = document.createElement(Array.from(parts, (part) => `r${part.toString(36)}`).join('-'));
  element.style.cssText = HOST_STYLE;
  return element;
}

/** Of a colour as browsers write it: by its parts to 255 or 1, or by its lightness to 100 or 1. */
function isLight(color: string): boolean {
  const [first = 0, second = 0, third = 0] = color.match(/-?[\d.]+/g)?.map(Number) ?? [];
  const most = color.startsWith('rgb') ? 255 : /^(ok|color)/.test(color) ? 1 : 100;
  return (/^(rgb|color)/.test(color) ? (first + second + third) / 3 : first) > 0.55 * most;
}

/** A browser that does not know one of the selectors knows none of these states by it. */
function matches(element: Element, selectors: string): boolean {
  return selectors.split(', ').some((selector) => {
    try {
      return element.matches(selector);
    } catch {
      return false;
    }
  });
}

/** Into the top layer, where no style sheet's order reaches. */
function raise(element: HTMLElement): void {
  try {
    element.popover = 'manual';
    element.showPopover();
  } catch {
    // An older browser: the control is below, and Escape still works.
  }
}

function addStyle(root: ShadowRoot, document: Document, text: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox refuses a content script's sheet on a page's shadow root.
    const style = document.createElement('style');
    style.textContent = text;
    root.append(style);
  }
}

function keepAttached(host: Element, parent: Element, append: () => void): MutationObserver {
  let returns = 0;
  const observer = new MutationObserver(() => {
    if (host.isConnected || returns >= MOST_RETURNS) return;
    returns += 1;
    append();
  });
  observer.observe(parent, { childList: true });
  return observer;
}
