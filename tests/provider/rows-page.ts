// A list of five thousand rows of which a dozen exist: they are used again as the list scrolls. With `?draw=data` the text nodes stay and
// get other text where it is another, as frameworks do it; with `nodes` a row's content is made anew.

const script = `
  const COUNT = 5000, HEIGHT = 36, POOL = 14;
  const animals = ['Heron', 'Otter', 'Kingfisher', 'Salmon', 'Beaver'];
  const deeds = ['waits by the water until it is noon', 'has been seen under the bridge', 'knows where the river is shallow'];
  const isAnew = new URLSearchParams(location.search).get('draw') === 'nodes';
  globalThis.textOf = (index) => [animals[index % 5] + ' ' + index, ' ' + deeds[index % 3] + '.'];
  const list = document.querySelector('#list');
  const inner = list.firstElementChild;
  inner.style.height = COUNT * HEIGHT + 'px';
  const rows = Array.from({ length: POOL }, () => {
    const row = inner.appendChild(document.createElement('p'));
    row.append(document.createElement('b'), '');
    row.firstChild.append('');
    row.shown = ['', ''];
    return row;
  });
  function draw() {
    const first = Math.min(COUNT - POOL, Math.floor(list.scrollTop / HEIGHT));
    for (let index = first; index < first + POOL; index++) {
      const row = rows[index % POOL];
      const [name, deed] = textOf(index);
      row.style.transform = 'translateY(' + index * HEIGHT + 'px)';
      if (row.dataset.index === String(index)) continue;
      row.dataset.index = index;
      if (isAnew) {
        const bold = document.createElement('b');
        bold.append(name);
        row.replaceChildren(bold, deed);
      } else {
        if (row.shown[0] !== name) row.firstChild.firstChild.data = name;
        if (row.shown[1] !== deed) row.lastChild.data = deed;
      }
      row.shown = [name, deed];
    }
  }
  list.addEventListener('scroll', draw);
  draw();
`;

export const rowsBody = `<h1>Rows</h1>
<style>#list { height: 320px; overflow: auto } #list div { position: relative } #list p { position: absolute; top: 0; margin: 0; height: 36px }</style>
<div id="list"><div></div></div><script>${script}</script>`;
