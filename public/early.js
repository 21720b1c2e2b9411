// The first script of the popup and the panel: it asks the worker for what is shown first while the rest of the page is still being
// read (lib/platform/early.ts takes the answer over). It may not fail: then the page simply asks itself.
try {
  // A page that frames ours gets nothing.
  if (window.top === window.self) {
    const { runtime } = globalThis.browser?.runtime?.id ? globalThis.browser : globalThis.chrome;
    const port = runtime.connect({ name: 'runnel' });
    const early = { port, messages: [], isClosed: false };
    port.onMessage.addListener((message) => early.messages.push(message));
    port.onDisconnect.addListener(() => {
      early.isClosed = true;
    });
    port.postMessage({ type: 'conversation' });
    globalThis.runnelEarly = early;
  }
} catch {
  // The extension is being updated.
}
