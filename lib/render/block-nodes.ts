// Block tokens to elements. A token becomes exactly one element, so a block can be replaced by itself.
import type { MarkedToken, Token, Tokens } from 'marked';
import { createCodeFigure, createCodeWriter } from './code-figure.ts';
import { decodeEntities } from './entities.ts';
import type { FormulaToken } from './extensions.ts';
import { appendInline, fillFormula, findInnerScope, type Scope } from './inline-nodes.ts';

const MAX_LABEL_CHARS = 120;

function shorten(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_LABEL_CHARS);
}

/** Direction by content, block by block: an answer may mix languages that read from both sides. */
function createBlock(scope: Scope, tag: string): HTMLElement {
  const element = scope.page.createElement(tag);
  element.dir = 'auto';
  return element;
}

function createInlineBlock(scope: Scope, tag: string, tokens: readonly Token[]): HTMLElement {
  const element = createBlock(scope, tag);
  appendInline(element, tokens, scope);
  return element;
}

function createRaw(scope: Scope, text: string): HTMLElement {
  const element = createBlock(scope, 'p');
  element.className = 'raw';
  element.textContent = text.trimEnd();
  return element;
}

function createCode(scope: Scope, token: Tokens.Code): HTMLElement {
  const { figure, code } = createCodeFigure(scope.page, decodeEntities(token.lang ?? ''), scope.options);
  createCodeWriter(code).append(codeText(token));
  return figure;
}

/** The code without the newline before its closing fence, which the lexer keeps in some cases. */
export function codeText(token: Tokens.Code): string {
  return token.text.endsWith('\n') ? token.text.slice(0, -1) : token.text;
}

function createQuote(scope: Scope, token: Tokens.Blockquote): HTMLElement {
  const quote = createBlock(scope, 'blockquote');
  appendBlocks(quote, token.tokens, scope);
  return quote;
}

/** The list element without its items, which are made one by one so that closed ones can stay. */
export function createList(scope: Scope, token: Tokens.List): HTMLElement {
  const list = scope.page.createElement(token.ordered ? 'ol' : 'ul');
  if (token.ordered && token.start !== 1) list.setAttribute('start', String(token.start));
  return list;
}

export function createItem(scope: Scope, token: Tokens.ListItem): HTMLElement {
  const item = createBlock(scope, 'li');
  appendBlocks(item, token.tokens, scope);
  if (token.task) {
    item.className = 'task';
    // The words beside a box are its name; nothing else says what is ticked.
    item.querySelector('input')?.setAttribute('aria-label', shorten(item.textContent));
  }
  return item;
}

function createCell(scope: Scope, cell: Tokens.TableCell): HTMLElement {
  const element = createInlineBlock(scope, cell.header ? 'th' : 'td', cell.tokens);
  if (cell.header) element.setAttribute('scope', 'col');
  if (cell.align) element.className = `align-${cell.align}`;
  return element;
}

export function createRow(scope: Scope, cells: readonly Tokens.TableCell[]): HTMLElement {
  const row = scope.page.createElement('tr');
  row.append(...cells.map((cell) => createCell(scope, cell)));
  return row;
}

/** The table in its scroller, without body rows; a group, since a region for each table litters a page. */
export function createTable(scope: Scope, token: Tokens.Table): HTMLElement {
  const scroller = scope.page.createElement('div');
  scroller.className = 'table-scroll';
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'group');
  const table = scope.page.createElement('table');
  const head = scope.page.createElement('thead');
  head.append(createRow(scope, token.header));
  table.append(head, scope.page.createElement('tbody'));
  scroller.append(table);
  const label = shorten([...head.querySelectorAll('th')].map((cell) => cell.textContent).join(', '));
  if (label !== '') scroller.setAttribute('aria-label', label);
  return scroller;
}

function createWholeList(scope: Scope, token: Tokens.List): HTMLElement {
  const list = createList(scope, token);
  list.append(...token.items.map((item) => createItem(scope, item)));
  return list;
}

function createWholeTable(scope: Scope, token: Tokens.Table): HTMLElement {
  const scroller = createTable(scope, token);
  scroller.querySelector('tbody')?.append(...token.rows.map((row) => createRow(scope, row)));
  return scroller;
}

/** Any token that is not known here is shown as it was written. */
export function createBlockElement(scope: Scope, generic: Token): HTMLElement {
  const token = generic as MarkedToken;
  switch (token.type) {
    case 'heading':
      return createInlineBlock(scope, `h${token.depth}`, token.tokens);
    case 'paragraph':
      return createInlineBlock(scope, 'p', token.tokens);
    case 'blockquote':
      return createQuote(scope, token);
    case 'list':
      return createWholeList(scope, token);
    case 'code':
      return createCode(scope, token);
    case 'table':
      return createWholeTable(scope, token);
    case 'hr':
      return scope.page.createElement('hr');
    default:
      return isFormula(generic)
        ? fillFormula(scope.page.createElement('div'), generic, scope)
        : createRaw(scope, generic.raw);
  }
}

function isFormula(token: { type: string }): token is FormulaToken {
  return token.type === 'formula';
}

const INLINE_TYPES: ReadonlySet<string> = new Set(['text', 'checkbox']);

/** The contents of an item, a quote or a note: blocks, and in tight items text that stands for itself. */
export function appendBlocks(parent: HTMLElement, tokens: readonly Token[], outer: Scope): void {
  const scope = findInnerScope(outer);
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'def') continue;
    if (scope === undefined) parent.append(token.raw);
    else if (INLINE_TYPES.has(token.type)) appendInline(parent, [token], scope);
    else parent.append(createBlockElement(scope, token));
  }
}
