import { Lexer, type Links, type MarkedToken, type Token } from 'marked';
import { mayHaveOwnSyntax, type Note, ownSyntax } from './extensions.ts';
import { isTooHeavy, MAX_DEPTH, MAX_TOKENS } from './limits.ts';

/** Shown as the text it was written as, like HTML is. */
function rawToken(text: string): Token {
  return { type: 'html', block: true, pre: false, raw: text, text };
}

function childrenOf(generic: Token): readonly Token[] {
  const token = generic as MarkedToken;
  if (token.type === 'list') return token.items;
  if (token.type === 'table') return [token.header, ...token.rows].flat().flatMap((cell) => cell.tokens);
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

/** Counts no further than `limit`, and no deeper than is rendered. */
function countTokens(token: Token, limit: number, depth = 0): number {
  if (depth > MAX_DEPTH) return 1;
  let count = 1;
  for (const child of childrenOf(token)) {
    if (count > limit) break;
    count += countTokens(child, limit - count, depth + 1);
  }
  return count;
}

export interface Lexed {
  tokens: Token[];
  /** Link definitions of this segment that are new. */
  defined: Links;
  /** The texts of footnotes, which are shown at the end of the answer. */
  notes: Note[];
}

function findNew(all: Links, known: Links): Links {
  const defined: Links = Object.create(null);
  for (const [label, link] of Object.entries(all)) {
    if (!Object.hasOwn(known, label)) defined[label] = link;
  }
  return defined;
}

/**
 * The block tokens of one segment; never throws. `known` are the link definitions of earlier segments.
 * A segment, or a block in it, that is over a limit comes back as a raw token.
 */
export function lexSegment(text: string, known: Links): Lexed {
  if (isTooHeavy(text)) return { tokens: [rawToken(text)], defined: {}, notes: [] };
  try {
    // Options of its own: the lexer writes its tokenizer into the object it gets.
    const own = mayHaveOwnSyntax(text) ? ownSyntax : {};
    const lexer = new Lexer({ gfm: true, breaks: true, ...own });
    Object.assign(lexer.tokens.links, known);
    const all = lexer.lex(text).filter((token) => token.type !== 'space' && token.type !== 'def');
    const whole = all.map((token) =>
      countTokens(token, MAX_TOKENS) > MAX_TOKENS ? rawToken(token.raw) : token,
    );
    return {
      tokens: whole.filter((token) => token.type !== 'note'),
      defined: findNew(lexer.tokens.links, known),
      notes: whole.filter((token): token is Note => token.type === 'note'),
    };
  } catch {
    return { tokens: [rawToken(text)], defined: {}, notes: [] };
  }
}
