// Random inline trees, selections in them, replies to them and what a page does meanwhile; for property tests.
import fc from 'fast-check';

export type Tree =
  | { text: string }
  | { comment: string }
  | { tag: string; children: Tree[] }
  | { ruby: [base: string, aid: string][] };

const texts = fc.constantFrom(
  ...[
    '',
    ' ',
    '\n  ',
    'word',
    'two words',
    ' lead',
    'trail ',
    ' both ',
    'so\u00ADft',
    '\u200B',
    '漢字です',
    '<3>',
    'a < b',
  ],
);
const leaf = fc.oneof(
  { weight: 6, arbitrary: fc.record({ text: texts }) },
  { weight: 1, arbitrary: fc.record({ comment: fc.constantFrom(' ', ' a note ') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      tag: fc.constantFrom('br', 'wbr', 'img', 'input', 'datalist'),
      children: fc.constant<Tree[]>([]),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ tag: fc.constant('code'), children: fc.constant<Tree[]>([{ text: 'run()' }]) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ruby: fc.array(fc.tuple(fc.constantFrom('漢', '字', ''), fc.constantFrom('かん', '')), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
  },
);

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'inline' },
    leaf,
    fc.record({
      tag: fc.constantFrom('b', 'i', 'a', 'span', 'em'),
      children: fc.array(tie('tree'), { maxLength: 5, depthIdentifier: 'inline' }),
    }),
  ),
}));

/** The children of a paragraph. */
export const trees = fc.array(tree, { minLength: 1, maxLength: 7 });

export function build(tree: Tree): Node {
  if ('text' in tree) return document.createTextNode(tree.text);
  if ('comment' in tree) return document.createComment(tree.comment);
  if ('ruby' in tree) return buildRuby(tree.ruby);
  const element = document.createElement(tree.tag);
  if (tree.tag === 'a') element.setAttribute('href', '#x');
  element.append(...tree.children.map(build));
  return element;
}

function buildRuby(pairs: [string, string][]): Element {
  const ruby = document.createElement('ruby');
  for (const [base, aid] of pairs) {
    const rt = document.createElement('rt');
    rt.append(aid);
    ruby.append(base, rt);
  }
  return ruby;
}

/** What a model does to one mark or word of a segment's text. */
export type Turn = 'keep' | 'drop' | 'double' | 'misspell' | 'invent' | 'void' | 'other words';
export const turns = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Turn>('keep', 'other words') },
    { weight: 1, arbitrary: fc.constantFrom<Turn>('drop', 'double', 'misspell', 'invent', 'void') },
  ),
  { minLength: 1, maxLength: 8 },
);

interface Held {
  mark: string;
  inside: Held[];
}

const tokensOf = (text: string) => text.split(/(<\/?\d+\/?>)/).filter((token) => token !== '');

/** A reply with every mark once, nested as it was; `picks` orders those of one holder and puts words around them. */
export function reorder(text: string, firstMark: number, picks: number[]): string {
  const top: Held = { mark: '', inside: [] };
  const stack = [top];
  for (const token of tokensOf(text)) {
    const [, closes, number, isVoid] = /^<(\/?)(\d+)(\/?)>$/.exec(token) ?? [];
    if (number === undefined || Number(number) < firstMark) continue;
    if (closes) stack.pop();
    else {
      const held: Held = { mark: number, inside: [] };
      stack.at(-1)?.inside.push(held);
      if (isVoid) held.mark += '/';
      else stack.push(held);
    }
  }
  let used = 0;
  const pick = (below: number) => (picks[used++ % picks.length] ?? 0) % below;
  const words = () => ['', 'uno ', ' dos', ' tres ', '漢'][pick(5)] ?? '';
  const write = ({ mark, inside }: Held): string => {
    if (mark.endsWith('/')) return `<${mark}>`;
    const left = [...inside];
    let written = words();
    while (left.length > 0) written += left.splice(pick(left.length), 1).map(write).join('') + words();
    return mark === '' ? written : `<${mark}>${written}</${mark}>`;
  };
  return write(top);
}

/** A reply as a careless model writes it. */
export function spoil(text: string, plan: Turn[]): string {
  return tokensOf(text)
    .map((token, index) => {
      const turn = plan[index % plan.length];
      if (turn === 'drop') return '';
      if (turn === 'double') return token + token;
      if (turn === 'misspell') return token.replace('<', '< ').replace('>', '');
      if (turn === 'invent') return `${token}<77>x</77>`;
      if (turn === 'void') return token.replace(/^<(\d+)>$/, '<$1/>');
      if (turn === 'other words') return /^<.*>$/.test(token) ? token : ' otra cosa ';
      return token;
    })
    .join('');
}

/** Something that a page does to one of its nodes, chosen by number. */
export interface Change {
  kind: 'remove' | 'replace' | 'insert' | 'rewrite' | 'move' | 'normalize' | 'empty';
  at: number;
  to: number;
}
export const changes = fc.array(
  fc.record({
    kind: fc.constantFrom<Change['kind']>(
      ...(['remove', 'replace', 'insert', 'rewrite', 'move', 'normalize', 'empty'] as const),
    ),
    at: fc.nat(60),
    to: fc.nat(60),
  }),
  { maxLength: 3 },
);
