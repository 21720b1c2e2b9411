// Asks for the conversation on screen before the page's modules are there; lib/platform/early.ts takes the answer.
import type { Early } from './early.ts';

interface Runtime {
  id?: string;
  connect(options: { name: string }): Early['port'];
}

/** @throws where the extension is gone */
export function askEarly(): void {
  const place = globalThis as { browser?: { runtime?: Runtime }; chrome?: { runtime: Runtime } } & {
    runnelEarly?: Early;
  };
  const runtime = place.browser?.runtime?.id ? place.browser.runtime : place.chrome?.runtime;
  if (!runtime) return;
  const port = runtime.connect({ name: 'runnel' });
  const early: Early = { port, messages: [], isClosed: false };
  port.onMessage.addListener((message) => early.messages.push(message));
  port.onDisconnect.addListener(() => {
    early.isClosed = true;
  });
  port.postMessage({ type: 'conversation' });
  place.runnelEarly = early;
}
