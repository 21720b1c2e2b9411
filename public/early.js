// See lib/platform/early.ts.
try {
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
} catch {}
