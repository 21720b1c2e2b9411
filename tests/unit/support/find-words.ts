// Finds words for people that stand in the code instead of in public/_locales.
import { parseSync } from 'vite';

export interface FoundWords {
  line: number;
  /** As they stand there; a gap of a template is "…". */
  text: string;
}

interface Node {
  type: string;
  start: number;
  [member: string]: unknown;
}

/** As what a text is told to people, if it is. */
type Told = 'drawn' | 'member' | '';

/** What a person reads, or hears, of an element. */
const TOLD = /^(title|aria-label|ariaLabel|placeholder|alt|label|textContent)$/;
/** Members of objects that are made for a person. */
const TOLD_MEMBERS = /^(title|label|placeholder|hint|note|what)$/;
/** Begins with a capital and holds a space, or ends with a full stop; and has words at all, other than the path of an icon. */
const SENTENCE = /^(?=.*\p{Ll}{2})(\p{Lu}[^\n]* |.*[\p{L}\p{Nd})”"…]\.$)/su;
const LETTER = /\p{L}/u;

/**
 * Every text with letters that is drawn, or is a title, a label or the like; and elsewhere what looks like a sentence. Not: what is thrown,
 * types, imports, and the arguments of a call inside of what is drawn, as the name of a message is one. Members of objects may be
 * such names too, which `isName` knows.
 */
export function findWords(path: string, source: string, isName: (text: string) => boolean): FoundWords[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: FoundWords[] = [];
  const visit = (node: Node, told: Told): void => {
    if (isSilent(node)) return;
    const text = textOf(node);
    if (text !== undefined) {
      const isForPeople = told || node.type === 'JSXText' ? LETTER.test(text) : SENTENCE.test(text);
      if (isForPeople && !(told === 'member' && isName(text)))
        found.push({ line: lineAt(source, node.start), text: text.trim() });
    }
    for (const [member, child] of children(node)) visit(child, toldIn(node, member, child, told));
  };
  visit(program as unknown as Node, '');
  return found;
}

/** What says nothing to people, whatever stands in it. */
function isSilent(node: Node): boolean {
  if (/^(TS.*(Type|Interface|Signature|Literal)|Import|ThrowStatement|ExportAll)/.test(node.type))
    return true;
  return node.type === 'NewExpression' && /(Error|RegExp)$/.test(nameOf(node['callee']));
}

function textOf(node: Node): string | undefined {
  if (node.type === 'JSXText') return String(node['value']).trim();
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateLiteral') return undefined;
  return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…');
}

/** Whether the text of `child`, a part of `node`, is told to people as it stands. */
function toldIn(node: Node, member: string, child: Node, told: Told): Told {
  switch (node.type) {
    case 'JSXAttribute':
      return member === 'value' && TOLD.test(nameOf(node['name'])) ? 'drawn' : '';
    case 'JSXElement':
    case 'JSXFragment':
      return child.type === 'JSXExpressionContainer' ? 'drawn' : '';
    case 'Property':
      return member === 'value' && TOLD_MEMBERS.test(nameOf(node['key'])) ? 'member' : '';
    case 'AssignmentExpression':
      return member === 'right' && TOLD.test(nameOf((node['left'] as Node)['property'])) ? 'drawn' : '';
    case 'CallExpression':
      return isToldAttribute(node, child) ? 'drawn' : '';
    // Which of two it is; not what is asked.
    case 'ConditionalExpression':
      return member === 'test' ? '' : told;
    case 'LogicalExpression':
      return node['operator'] === '&&' && member === 'left' ? '' : told;
    case 'BinaryExpression':
      return node['operator'] === '+' ? told : '';
    case 'JSXExpressionContainer':
    case 'TemplateLiteral':
    case 'TSAsExpression':
      return told;
    default:
      return '';
  }
}

function isToldAttribute(call: Node, child: Node): boolean {
  const [name, value] = call['arguments'] as Node[];
  const isSet = nameOf((call['callee'] as Node)['property']) === 'setAttribute';
  return isSet && child === value && TOLD.test(String(name?.['value']));
}

/** Of an identifier, a member's property, a JSX name or a literal key; empty for anything else. */
function nameOf(node: unknown): string {
  const { name, value, property } = (node ?? {}) as Record<string, unknown>;
  if (typeof name === 'string') return name;
  return typeof value === 'string' ? value : property ? nameOf(property) : '';
}

function* children(node: Node): Generator<[member: string, child: Node]> {
  for (const [member, value] of Object.entries(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child) && !(member === 'key' && node.type === 'Property')) yield [member, child];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

const lineAt = (source: string, offset: number) => source.slice(0, offset).split('\n').length;
