// Reads the sources and their syntax trees for the architecture test.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Source {
  /** From the repository's root, with forward slashes. */
  path: string;
  text: string;
}

export interface Import {
  specifier: string;
  /** The file in the repository; undefined for a package. */
  target: string | undefined;
  typeOnly: boolean;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [member: string]: unknown;
}

/** All TypeScript and script files below the folders. */
export function findSources(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && ['.ts', '.tsx', '.mjs'].includes(extname(entry.name)))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({
        path: relative(root, file).replaceAll('\\', '/'),
        text: readFileSync(file, 'utf8'),
      })),
  );
}

const parsed = new Map<string, { nodes: Node[]; comments: Node[] }>();

function parse({ path, text }: Source): { nodes: Node[]; comments: Node[] } {
  const known = parsed.get(path);
  if (known) return known;
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const tree = {
    nodes: [...descendants(program as unknown as Node)],
    comments: comments as unknown as Node[],
  };
  parsed.set(path, tree);
  return tree;
}

function* descendants(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* descendants(child);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

const LINKS = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
];

/** Static, dynamic and type imports, and re-exports. */
export function readImports(source: Source): Import[] {
  return parse(source)
    .nodes.filter(({ type }) => LINKS.includes(type))
    .flatMap((node) => {
      const literal = (node['source'] ?? node['argument']) as Node | null;
      if (literal?.type !== 'Literal') return [];
      const specifier = String(literal['value']);
      const target = specifier.startsWith('.')
        ? posix.normalize(posix.join(dirname(source.path), specifier))
        : undefined;
      return [{ specifier, target, typeOnly: isTypeOnly(node) }];
    });
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type')
    return true;
  const specifiers = (node['specifiers'] ?? []) as Node[];
  return (
    specifiers.length > 0 &&
    specifiers.every((one) => one['importKind'] === 'type' || one['exportKind'] === 'type')
  );
}

/** The text with comments, strings and JSX text blanked: what is left is code. */
export function bareSource(source: Source): string {
  const { nodes, comments } = parse(source);
  const words = nodes.filter(
    (node) =>
      (node.type === 'Literal' && typeof node['value'] === 'string') ||
      node.type === 'TemplateElement' ||
      node.type === 'JSXText',
  );
  let bare = source.text;
  for (const { start, end } of [...comments, ...words])
    bare = bare.slice(0, start) + bare.slice(start, end).replaceAll(/[^\n]/g, ' ') + bare.slice(end);
  return bare;
}

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** Functions over a number of lines, by the nearest name there is. */
export function longFunctions(source: Source, limit: number): { name: string; lines: number }[] {
  return parse(source)
    .nodes.filter(({ type }) => FUNCTIONS.includes(type))
    .map((node) => ({ name: nameOf(node, source), lines: linesOf(node, source) }))
    .filter(({ lines }) => lines > limit);
}

function linesOf({ start, end }: Node, { text }: Source): number {
  return text.slice(start, end).split('\n').length;
}

function nameOf(node: Node, { text }: Source): string {
  const own = (node['id'] as Node | null)?.['name'];
  if (own) return String(own);
  const line = text.slice(0, node.start).split('\n').length;
  const before = text.slice(text.lastIndexOf('\n', node.start) + 1, node.start);
  return (
    /([\w$]+)\s*[:=(]?\s*(?:async\s*)?$/.exec(before.replaceAll(/\s*[=:]\s*$/g, ''))?.[1] ?? `line ${line}`
  );
}
