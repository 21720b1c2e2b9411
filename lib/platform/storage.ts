// storage.local, closed to page scripts where the browser can close it.
import { browser } from './native.ts';

export async function readStored(key: string): Promise<unknown> {
  return (await browser.storage.local.get(key))[key];
}

export async function writeStored(key: string, value: unknown): Promise<void> {
  await browser.storage.local.set({ [key]: value });
}

interface AccessLevels {
  setAccessLevel?: (level: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void>;
}

/**
 * Keeps page scripts out of every storage area. Asked for at each start of the worker: Firefox 153 does not know it, and it costs
 * nothing. No secret is stored in these areas; this keeps settings from a page whose renderer was taken over.
 */
export async function closeStorageToPages(): Promise<void> {
  const { local, sync, session } = browser.storage;
  const areas = [local, sync, session] as AccessLevels[];
  await Promise.all(areas.map((area) => area?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })));
}

/** Kept until the browser closes; never on disk. */
export async function readSession(key: string): Promise<unknown> {
  return (await browser.storage.session.get(key))[key];
}

export async function writeSession(key: string, value: unknown): Promise<void> {
  await browser.storage.session.set({ [key]: value });
}

export async function forgetSession(key: string): Promise<void> {
  await browser.storage.session.remove(key);
}
