// The bare minimum that any translator in a page must do: fetch, decode, find the lines, parse the JSON, post the text.
async function relay(port, url) {
  const messages = [{ role: 'user', content: 'Go' }];
  const body = JSON.stringify({ model: 'scripted-small', stream: true, messages });
  const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-bench-key' };
  const response = await fetch(url, { method: 'POST', headers, body });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return port.disconnect();
    rest += value;
    let text = '';
    let start = 0;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', start)) {
      const data = rest.slice(start + 6, end);
      start = end + 2;
      if (data !== '[DONE]') text += JSON.parse(data).choices[0]?.delta.content ?? '';
    }
    rest = rest.slice(start);
    if (text !== '') port.postMessage(text);
  }
}

let url = '';
chrome.runtime.onConnect.addListener((port) => relay(port, url));

/** What a gesture does. */
globalThis.translate = (tabId, chatUrl) => {
  url = chatUrl;
  return chrome.scripting.executeScript({ target: { tabId }, files: ['page.js'] });
};

/** What is streamed to whoever connects next. */
globalThis.streamFrom = (chatUrl) => {
  url = chatUrl;
};
