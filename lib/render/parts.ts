// The parts of a block that stay as they are while it grows: the items of a list, the rows of a table.
import type { MarkedToken, Token, Tokens } from 'marked';
import { createItem, createRow } from './block-nodes.ts';
import type { Scope } from './inline-nodes.ts';

export interface Parts {
  /** Two tokens with the same shape differ in their parts only. */
  shape: string;
  /** The source of each part; equal source, equal nodes. */
  sources: string[];
  createPart(scope: Scope, index: number): HTMLElement;
  findContainer(element: HTMLElement): HTMLElement | null;
}

function listParts(token: Tokens.List): Parts {
  return {
    shape: `list ${token.ordered} ${token.start} ${token.loose}`,
    sources: token.items.map((item) => item.raw),
    createPart(scope, index) {
      const item = token.items[index];
      return item ? createItem(scope, item) : scope.page.createElement('li');
    },
    findContainer: (element) => element,
  };
}

function tableParts(token: Tokens.Table): Parts {
  return {
    shape: `table ${JSON.stringify([token.align, token.header.map((cell) => cell.text)])}`,
    sources: token.rows.map((row) => JSON.stringify(row.map((cell) => cell.text))),
    createPart: (scope, index) => createRow(scope, token.rows[index] ?? []),
    findContainer: (element) => element.querySelector('tbody'),
  };
}

export function findParts(generic: Token): Parts | undefined {
  const token = generic as MarkedToken;
  if (token.type === 'list') return listParts(token);
  return token.type === 'table' ? tableParts(token) : undefined;
}
