// What goes wrong without anybody asking: uncaught errors, rejections and console errors of every page and of the worker. Beside it
// everything that was said and requested, for tests that look for what must not be there.
import type { BrowserContext, CDPSession } from '@playwright/test';
import type { TargetInfo } from './cdp.ts';

export interface Traces {
  /** Uncaught errors, rejections and console errors, in pages (ours and others) and in our worker. */
  troubles: string[];
  /** Every console message of pages and worker. */
  said: string[];
  /** Every URL that a page or the worker asked for. */
  requested: string[];
}

export function collectTraces(context: BrowserContext): Traces {
  const traces: Traces = { troubles: [], said: [], requested: [] };
  context.on('weberror', (error) => traces.troubles.push(`${error.page()?.url()}: ${error.error()}`));
  context.on('console', (message) => {
    traces.said.push(message.text());
    const place = message.worker()?.url() ?? message.page()?.url();
    if (message.type() === 'error') traces.troubles.push(`${place}: ${message.text()}`);
  });
  context.on('request', (request) => traces.requested.push(request.url()));
  return traces;
}

interface Thrown {
  text: string;
  exception?: { description?: string; value?: unknown };
}

/**
 * Playwright hears what a worker says, but not what it throws. A session of our own does; it stays when the worker is stopped and
 * started again. Resolves when a worker that runs now is being listened to.
 */
export async function collectWorkerErrors(browser: CDPSession, url: string, traces: Traces): Promise<void> {
  const sessions = new Set<string>();
  browser.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    if (!sessions.has(sessionId)) return;
    const { method, params } = JSON.parse(message) as {
      method?: string;
      params?: { exceptionDetails?: Thrown };
    };
    const thrown = method === 'Runtime.exceptionThrown' ? params?.exceptionDetails : undefined;
    if (!thrown) return;
    const what = thrown.exception?.description ?? String(thrown.exception?.value ?? '');
    traces.troubles.push(`${url}: ${thrown.text} ${what}`);
  });
  const listen = async ({ type, url: found, targetId }: TargetInfo) => {
    if (type !== 'service_worker' || !found.startsWith(url)) return;
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
    sessions.add(sessionId);
    const message = JSON.stringify({ id: 1, method: 'Runtime.enable', params: {} });
    await browser.send('Target.sendMessageToTarget', { sessionId, message });
  };
  // A worker may be gone before it is attached to.
  browser.on('Target.targetCreated', ({ targetInfo }) => void listen(targetInfo).catch(() => {}));
  await browser.send('Target.setDiscoverTargets', { discover: true });
}
