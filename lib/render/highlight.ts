// Colours for code. Loaded when the first block of code is in sight; nothing else imports the highlighter.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import dart from 'highlight.js/lib/languages/dart';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import elixir from 'highlight.js/lib/languages/elixir';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import haskell from 'highlight.js/lib/languages/haskell';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import nginx from 'highlight.js/lib/languages/nginx';
import perl from 'highlight.js/lib/languages/perl';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import scss from 'highlight.js/lib/languages/scss';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

/** A stretch of code of one colour; `kind` is one of a closed list of ours, undefined where it is plain. */
export interface Run {
  kind: string | undefined;
  text: string;
}

const languages = {
  ...{ bash, c, cpp, csharp, css, dart, diff, dockerfile, elixir, go, graphql, haskell, http, ini, java },
  ...{ javascript, json, kotlin, lua, makefile, markdown, nginx, perl, php, powershell, python, r, ruby },
  ...{ rust, scala, scss, shell, sql, swift, typescript, xml, yaml },
};

/** The highlighter's names for things, by the few colours that we tell apart. */
const kinds: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['keyword', 'literal', 'built_in', 'selector-tag', 'doctag', 'operator'].map((name) => [name, 'keyword']),
  ),
  ...Object.fromEntries(
    ['string', 'regexp', 'char.escape', 'link', 'code', 'addition', 'subst'].map((name) => [name, 'string']),
  ),
  ...Object.fromEntries(['number', 'symbol', 'bullet'].map((name) => [name, 'number'])),
  ...Object.fromEntries(['comment', 'quote'].map((name) => [name, 'comment'])),
  ...Object.fromEntries(
    ['title', 'title.function', 'section', 'selector-id', 'selector-class'].map((name) => [name, 'title']),
  ),
  ...Object.fromEntries(
    ['type', 'title.class', 'title.class.inherited', 'name', 'tag'].map((name) => [name, 'type']),
  ),
  ...Object.fromEntries(
    ['attr', 'attribute', 'property', 'variable', 'template-variable', 'params'].map((name) => [
      name,
      'name',
    ]),
  ),
  ...Object.fromEntries(
    ['meta', 'deletion', 'selector-pseudo', 'variable.language'].map((name) => [name, 'meta']),
  ),
};

/** Takes what the highlighter finds, in place of the writer of HTML that it comes with. */
class RunCollector {
  readonly runs: Run[] = [];
  private readonly scopes: string[] = [];

  addText(text: string): void {
    if (text === '') return;
    const kind = this.scopes.findLast((scope) => Object.hasOwn(kinds, scope));
    const found = kind === undefined ? undefined : kinds[kind];
    const last = this.runs.at(-1);
    if (last && last.kind === found) last.text += text;
    else this.runs.push({ kind: found, text });
  }

  startScope(scope: string): void {
    this.scopes.push(scope);
  }

  endScope(): void {
    this.scopes.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(inner: RunCollector): void {
    this.runs.push(...inner.runs);
  }

  finalize(): void {}

  toHTML(): string {
    return '';
  }
}

for (const [name, define] of Object.entries(languages)) hljs.registerLanguage(name, define);
hljs.configure({ __emitter: RunCollector as never });

/** The code in runs, in order and complete; undefined where the language is not known or the highlighter fails. */
export function findRuns(code: string, language: string): Run[] | undefined {
  if (hljs.getLanguage(language) === undefined) return undefined;
  const { _emitter, errorRaised } = hljs.highlight(code, { language, ignoreIllegals: true });
  const runs = (_emitter as unknown as RunCollector).runs;
  const isWhole =
    errorRaised === undefined && runs.reduce((sum, { text }) => sum + text.length, 0) === code.length;
  return isWhole ? runs : undefined;
}
