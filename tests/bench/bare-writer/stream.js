// A page of the extension's own: one port, one text node, `appendData` once a frame.
globalThis.ask = () => {
  const node = document.querySelector('p').firstChild;
  let waiting = '';
  const write = () => {
    node.appendData(waiting);
    waiting = '';
  };
  chrome.runtime.connect().onMessage.addListener((text) => {
    if (waiting === '') requestAnimationFrame(write);
    waiting += text;
  });
};
