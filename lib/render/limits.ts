// Bounds on what one block of an answer may cost. What goes beyond is shown as the text it was written as.

/** Levels of nesting that become elements. */
export const MAX_DEPTH = 32;
/** Tokens in one block; each becomes one or two nodes. */
export const MAX_TOKENS = 20_000;
/** Characters of one block that is not a code fence, which is the only block that grows without a parser. */
export const MAX_BLOCK_CHARS = 200_000;
/** Columns before a list marker or a run of markers; beyond, the lexer itself recurses too deep. */
export const MAX_MARKER_INDENT = 128;
export const MAX_MARKERS = 64;
