// A page with text in every place that is not a plain paragraph, for the tests of how far a translation reaches.

const script = `
  const html = (host, markup) => { host.attachShadow({ mode: 'open' }).innerHTML = markup; };
  html(document.querySelector('x-card'), '<style>p { color: teal }</style><h3><slot name="title"></slot></h3><p id="own">The water in the card is cold.</p><x-inner></x-inner><slot></slot>');
  html(document.querySelector('x-card').shadowRoot.querySelector('x-inner'), '<p id="deep">Deep in the card the water is slow.</p>');
  html(document.querySelector('x-word'), '<b>water</b>');
  html(document.querySelector('x-field'), '<textarea id="inner">Words in a tree.</textarea>');
`;

export const reachBody = `
<section id="shadow"><p id="before">Before the card runs a stream.</p>
<x-card><b slot="title">The title of the card</b><p id="light">This stands in its slot.</p></x-card>
<p id="after">After the card the <x-word></x-word> goes on.</p></section>
<section id="structures">
<table><caption>Rivers of the land</caption><tr><th>Name</th><td>A long <b>cell</b> of words</td><td>42</td></tr></table>
<dl><dt>Term here</dt><dd>Meaning of it</dd></dl>
<figure><svg width="200" height="60" viewBox="0 0 200 60"><title>Not this</title><g><text id="drawn" x="4" y="20">Depth of <tspan font-weight="bold">the water</tspan></text></g></svg>
<figcaption>A bend in the river</figcaption></figure>
<details open><summary>More of it</summary><p>The body of it</p></details>
<details><summary>Closed for now</summary><p id="closed">Not to be seen</p></details>
<div id="poem" style="white-space: pre-line">One line
and another</div>
<p id="address"><a href="#a">https://example.org/path</a></p><p translate="no">Keep this</p><p><code>keep()</code></p>
<p class="notranslate">Keep that</p><p hidden>Hidden words</p><p><button>Press here</button></p>
</section>
<section id="vertical" style="writing-mode: vertical-rl; height: 12em"><p id="column">Columns of words run down the page and then to the left, as long as there are words to fill them with.</p></section>
<section id="arabic" dir="rtl" lang="ar"><p id="right">هذا نص قصير على الصفحة</p></section>
<section id="fields"><p><textarea id="area" rows="4" cols="40">Keep. Change these words, please. Keep too.</textarea></p>
<p><input id="line" value="a line of words"><input id="password" type="password" value="secret words"></p>
<x-field></x-field>
<div id="editable" contenteditable><p>Edit <b>these</b> words</p></div></section>
<dialog id="dialog"><p id="asked">Do you want to go on with this?</p><button>Yes</button></dialog>
<div id="popover" popover><p id="popped">A note that came up</p></div>
<script>${script}</script>`;
