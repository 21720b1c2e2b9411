// One port, one text node, `appendData` once a frame. The selection's own text goes as the first words come.
{
  const range = getSelection().getRangeAt(0);
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) texts.push(walker.currentNode);
  getSelection().collapseToStart();
  const [node, ...others] = texts.filter(({ data }) => data.trim() !== '');
  let waiting = '';
  let isFirst = true;
  const write = () => {
    if (isFirst) for (const text of [node, ...others]) text.data = '';
    isFirst = false;
    node.appendData(waiting);
    waiting = '';
  };
  chrome.runtime.connect().onMessage.addListener((text) => {
    if (waiting === '') requestAnimationFrame(write);
    waiting += text;
  });
}
