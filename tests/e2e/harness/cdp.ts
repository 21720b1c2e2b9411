// The few commands of the DevTools protocol that Playwright does not model.
import type { CDPSession } from '@playwright/test';
import { within } from './until.ts';

export interface TargetInfo {
  targetId: string;
  type: string;
  url: string;
}

/** Sends a command by its name; Playwright's types know only the stable ones. */
export async function command<T>(session: CDPSession, method: string, params: object = {}): Promise<T> {
  return (await session.send(method as 'Browser.getVersion', params as never)) as T;
}

/** All targets; with `type` only those, tab targets included (which are hidden otherwise). */
export async function findTargets(browser: CDPSession, type?: string): Promise<TargetInfo[]> {
  const filter = type === undefined ? {} : { filter: [{ type }] };
  const { targetInfos } = await command<{ targetInfos: TargetInfo[] }>(browser, 'Target.getTargets', filter);
  return targetInfos;
}

interface Answer {
  result?: unknown;
  error?: { message: string };
}

export interface Tunnel {
  send<T>(method: string, params?: object): Promise<T>;
  close(): Promise<void>;
}

/** Speaks to a target that Playwright gives no session for, a service worker, through the browser's own. */
export async function tunnelTo(browser: CDPSession, targetId: string): Promise<Tunnel> {
  const { sessionId } = await command<{ sessionId: string }>(browser, 'Target.attachToTarget', {
    targetId,
    flatten: false,
  });
  let last = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  const receive = (event: { sessionId: string; message: string }) => {
    if (event.sessionId !== sessionId) return;
    const answer = JSON.parse(event.message) as Answer & { id: number };
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  };
  browser.on('Target.receivedMessageFromTarget', receive);
  return {
    async send<T>(method: string, params: object = {}) {
      last += 1;
      const id = last;
      const answer = new Promise<T>((resolve, reject) => {
        waiting.set(id, ({ result, error }) =>
          error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result as T),
        );
      });
      const message = JSON.stringify({ id, method, params });
      await command(browser, 'Target.sendMessageToTarget', { sessionId, message });
      return await within(answer, 10_000, method);
    },
    async close() {
      browser.off('Target.receivedMessageFromTarget', receive);
      await command(browser, 'Target.detachFromTarget', { sessionId });
    },
  };
}
