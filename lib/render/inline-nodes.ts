// Inline tokens to nodes. Every element of an answer is made here, in block-nodes.ts or in code-figure.ts.
import type { MarkedToken, Token, Tokens } from 'marked';
import { decodeEntities } from './entities.ts';
import type { FormulaToken, NoteReference } from './extensions.ts';
import { UNFINISHED } from './formulas.ts';
import { MAX_DEPTH } from './limits.ts';
import { findImageSource, findSafeLink, showsHost } from './links.ts';
import type { Notes } from './notes.ts';
import type { MarkdownOptions } from './options.ts';

export interface Scope {
  page: Document;
  options: MarkdownOptions;
  notes: Notes;
  depth: number;
}

/** The scope of a token's children, or undefined where nesting goes too deep and text is shown instead. */
export function findInnerScope(scope: Scope): Scope | undefined {
  return scope.depth + 1 >= MAX_DEPTH ? undefined : { ...scope, depth: scope.depth + 1 };
}

function appendWrapped(parent: Node, token: Tokens.Strong | Tokens.Em | Tokens.Del, scope: Scope) {
  const element = scope.page.createElement(token.type);
  appendInline(element, token.tokens, scope);
  parent.appendChild(element);
}

function createAnchor(page: Document, href: string): HTMLAnchorElement {
  const anchor = page.createElement('a');
  anchor.setAttribute('href', href);
  anchor.setAttribute('target', '_blank');
  anchor.setAttribute('rel', 'noopener noreferrer nofollow');
  anchor.setAttribute('referrerpolicy', 'no-referrer');
  return anchor;
}

function appendLink(parent: Node, token: Tokens.Link, scope: Scope) {
  const link = findSafeLink(decodeEntities(token.href));
  if (link === undefined) {
    appendInline(parent, token.tokens, scope);
    return;
  }
  const anchor = createAnchor(scope.page, link.href);
  appendInline(anchor, token.tokens, scope);
  if (anchor.textContent.trim() === '') anchor.append(link.host);
  parent.appendChild(anchor);
  if (showsHost(anchor.textContent, link)) return;
  const host = scope.page.createElement('span');
  host.className = 'host';
  host.dir = 'ltr';
  host.textContent = `(${link.host})`;
  parent.appendChild(scope.page.createTextNode(' '));
  parent.appendChild(host);
}

function appendImage(parent: Node, token: Tokens.Image, scope: Scope) {
  const source = findImageSource(decodeEntities(token.href));
  const { image } = scope.options.labels;
  const span = scope.page.createElement('span');
  span.className = 'image';
  span.textContent = source === undefined ? `[${image}]` : `[${image}: ${source}]`;
  parent.appendChild(span);
}

function appendText(parent: Node, text: string, scope: Scope) {
  const last = parent.lastChild;
  // Neighbouring text becomes one node, so that what is shown does not depend on where tokens meet.
  if (last?.nodeType === 3) (last as Text).appendData(text);
  else if (text !== '') parent.appendChild(scope.page.createTextNode(text));
}

function appendCode(parent: Node, text: string, scope: Scope) {
  const code = scope.page.createElement('code');
  code.setAttribute('translate', 'no');
  code.textContent = text;
  parent.appendChild(code);
}

function appendHtml(parent: Node, text: string, scope: Scope) {
  // Table cells have no other way to break a line, and models use this one.
  if (/^<br\s*\/?>$/i.test(text)) parent.appendChild(scope.page.createElement('br'));
  else appendText(parent, text, scope);
}

/** Fills `element` with a formula, or with what was written where there is no other way to show it yet. */
export function fillFormula(element: HTMLElement, token: FormulaToken, scope: Scope): HTMLElement {
  element.className = token.display ? 'formula display' : 'formula';
  element.dir = 'ltr';
  element.setAttribute('translate', 'no');
  const isWhole = !token.tex.endsWith(UNFINISHED);
  const shown = isWhole ? scope.options.typeset?.(token.tex, token.display) : undefined;
  element.append(shown ?? token.raw.trim().replace(/\ue000[^\ue000]*$/, ''));
  return element;
}

/** Tokens of ours, which the lexer's types do not know; false where it is none. */
function appendOwn(parent: Node, token: { type: string }, scope: Scope): boolean {
  if (token.type === 'formula') {
    parent.appendChild(fillFormula(scope.page.createElement('span'), token as FormulaToken, scope));
    return true;
  }
  if (token.type !== 'note-reference') return false;
  const { label, raw } = token as NoteReference;
  parent.appendChild(scope.notes.createReference(label, raw));
  return true;
}

function appendCheckbox(parent: Node, checked: boolean, scope: Scope) {
  const box = scope.page.createElement('input');
  box.type = 'checkbox';
  box.disabled = true;
  if (checked) box.setAttribute('checked', '');
  parent.appendChild(box);
}

/** Marks that cannot be told from inline text alone (a nested text token) are taken as text. */
export function appendInline(parent: Node, tokens: readonly Token[], outer: Scope): void {
  const scope = findInnerScope(outer);
  for (const generic of tokens) {
    const token = generic as MarkedToken;
    if (scope === undefined) {
      appendText(parent, token.raw, outer);
      continue;
    }
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        appendWrapped(parent, token, scope);
        break;
      case 'codespan':
        appendCode(parent, token.text, scope);
        break;
      case 'link':
        appendLink(parent, token, scope);
        break;
      case 'image':
        appendImage(parent, token, scope);
        break;
      case 'br':
        parent.appendChild(scope.page.createElement('br'));
        break;
      case 'checkbox':
        appendCheckbox(parent, token.checked, scope);
        break;
      case 'html':
        appendHtml(parent, token.raw, scope);
        break;
      case 'escape':
        appendText(parent, token.text, scope);
        break;
      case 'text':
        if (token.tokens) appendInline(parent, token.tokens, scope);
        else appendText(parent, decodeEntities(token.text), scope);
        break;
      default:
        if (!appendOwn(parent, generic, scope)) appendText(parent, generic.raw, scope);
    }
  }
}
