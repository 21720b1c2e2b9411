// The few commands of the DevTools protocol that Playwright does not model.
import type { CDPSession } from '@playwright/test';

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
