// Documents for the markdown tests: what models write, and the corners of the grammar.

export const documents: readonly string[] = [
  '',
  '\n\n',
  'One word',
  'Two paragraphs.\n\nThe second one has **bold**, *em*, ***both***, ~~gone~~ and `code`.',
  '# Title\nText right below.\n## Second ##\n\nSetext one\n===\n\nSetext two\n---\nAfter.',
  'Para\n- a\n- b\n  - c\n    - d\n- e\n\nAfter the list.',
  '- loose\n\n- list\n\n  with a paragraph\n\n- end\n\nText\n',
  '1. one\n2. two\n\n   more of two\n\n3. three\n\n7. not one\n',
  '3. starts at three\n4. four\n\n* other kind\n* of list\n',
  '- [ ] open task\n- [x] done **task**\n- [ ] \n',
  'Steps:\n\n1. Install:\n```bash\nnpm i\n```\n2. Run:\n\n   ```js\n   const a = 1;\n\n   a();\n   ```\n\n3. Done\n',
  '```ts\nconst x = 1;\n\nif (x < 2) {\n  y("`")\n}\n```\n\nAfter the code.',
  '```\nunclosed\n\ncode\n',
  '```\n\n```\nx\n```\na\n\n\n```\ny',
  '````md\n```js\ninner\n```\n````\nend',
  '~~~py\nprint("~~")\n~~~\n\n   ```\n   indented fence\n     more\n   ```\n',
  '    indented code\n\n    more of it\n\ntext\n\n\ttabbed\n',
  '> quote\nlazy line\n> more\n\n> > nested\n> - list\n>\n> ```\n> code\n> ```\n\nout',
  '| a | b | c |\n|:--|:-:|--:|\n| 1 | `x|y` | **3** |\n| 4 | 5<br>six | [l](https://e.com) |\n\nafter | table',
  'text\n| a | b |\n|---|---|\n| 1 | 2 |\ntext after\n\na | b\n--|--\n1 | 2\n',
  '---\n\ntext\n\n***\n- list\n---\n_ _ _\nmore\n- - -\n',
  'Link [text](https://example.com/a?b=1&amp;c=2 "title"), <https://auto.example>, https://bare.example/x, www.w.example and me@mail.example.',
  '[ref] and [text][ref] before\n\n[ref]: https://ref.example "T"\n\n[ref] and [text][ref] after\n\n> [ref]\n',
  '![alt](https://img.example/x.png) ![](data:image/png;base64,AAAA) ![r][i]\n\n[i]: https://i.example/y\n\n![r][i]',
  '<div>\n<b>html</b>\n\ntext <b onclick="x">inline</b> <br> end\n\n<!-- comment\n\n# still\n\n--> tail\nafter\n',
  '<script>\nalert(1)\n\n# not a heading\n</script>\n# heading\n\n<details>\n<summary>S</summary>\n\ntext\n\n</details>\n',
  'AT&amp;T &lt;b&gt; &copy; &#65; &#x42; &#0; &unknown; &amp;lt; `&amp;` \\& \\* \\<\n',
  'Line one  \nline two\\\nline three\nline four\n\n\n\nFar away',
  'Windows\r\nline ends\r\n\r\n- list\r\n- items\r\n\r\n```\r\ncode\r\n```\r\nend\r',
  'Half **open\n\nHalf `open\n\nHalf [open](https://x\n\n**a** *b\n\n2 * 3 * 4 and snake_case_name __init__\n',
  '- item\n# heading ends it\n- item\n> quote ends it\n- item\n***\n- item\n<div>x</div>\n\n+ plus\n1) paren\n',
  '- a\n\n\n  b\n- c\n\n      code in item\n\n-\n\n-   x\n 1. y\n',
  'مرحبا **بالعالم** 123\n\n- עברית\n- English\n\n日本語の**強調**です。\n\n👩‍👩‍👧 `emoji` 🎉\n',
  '# One\n## Two\n### Three\n#### Four\n##### Five\n###### Six\n####### not\n#not\n#\n\nText #1 is \\# fine\n',
  'Para with trailing spaces   \n   \n   indented para\n\n 1. a\n 10. b\n\ntext\n',
  '[^1] and [1] and [x] [ ]\n\n[^1]: https://foot.example\n\n- [link](https://a.example): text\n- [b\n',
  '<https://auto.example>\n```\na\n\nb\n```\n<custom-tag>\nx\n\n<custom-tag/> y\n```\nz\n```\n',
  'Born in\n1986. A good year\n\n   indented\n',
  'The value $x^2$ and \\(y_1\\), but $5 and $10.\n\n$$\na = b\n+ c\n- d\n$$\nwhere\n\\[\nE = mc^2\n\\]\n\n$$ open\n\nnot one',
  'A note[^1], another[^long] and one that is none[^none].\n\n[^1]: First *text*.\n[^long]: Second text\nthat goes on\n\n    and on, see [late]\n\n[late]: https://late.example\n\nAgain[^1]. [^2]: no\n',
  'See [one], [two][one] and ![three][one]\n\n- [one]\n\n[one]: https://late.example/x\n\n> [^q]: in a quote\n\n[^q] $a*b$ *c $d*e$ f*\n',
  'Half $x^2 and \\(y and $$z\n\n- $$\n  a\n  $$\n- \\[ b \\] c\n\n| $a$ | `$b$` |\n|---|---|\n| \\(c\\) | $5 |\n',
  'a\n\n\n\n\nb\n \n\t\nc\n***bold** em*\n___\nd\n=\n',
];

/** A seeded generator (mulberry32): a failing split can be run again from the seed that is printed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const FRAGMENTS = [
  '**',
  '*',
  '_',
  '__',
  '~~',
  '`',
  '```',
  '```js',
  '~~~',
  '\n',
  '\n',
  '\n\n',
  '\n\n',
  ' ',
  '  ',
  '    ',
  '\t',
  '- ',
  '* ',
  '1. ',
  '2) ',
  '> ',
  '# ',
  '## ',
  '---',
  '===',
  '***',
  '| a ',
  '|',
  '|---|---|',
  '[',
  ']',
  '](',
  ')',
  '![',
  'https://e.com',
  '<',
  '>',
  '<b>',
  '</b>',
  '<div>',
  '<!--',
  '-->',
  '<script>',
  '</script>',
  '&amp;',
  '&lt;',
  '\\',
  'word',
  'two words',
  'x',
  '1',
  '[ ] ',
  '[x] ',
  '[r]: https://r.com',
  '$',
  '$$',
  '$x$',
  '\\(',
  '\\)',
  '\\[',
  '\\]',
  '[^1]',
  '[^1]: ',
  '[^n]',
  '\n[^n]: ',
  '[r]',
  '\r\n',
  'é',
  '🎉',
  '<a ',
  '<pre>',
];

/** A text of markdown fragments in no sensible order. */
export function createNoise(random: () => number, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) {
    text += FRAGMENTS[Math.floor(random() * FRAGMENTS.length)] ?? '';
  }
  return text;
}

export function splitRandomly(text: string, random: () => number, longest = 12): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + Math.floor(random() * longest);
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}
