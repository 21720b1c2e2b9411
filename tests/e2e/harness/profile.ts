// A fresh Chromium profile, prepared the way a user's would be after some clicks.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensionId } from './places.ts';

export interface Profile {
  folder: string;
  remove(): void;
}

/** `grant`: match patterns that a permission request will be given without its dialog, which headless nobody could answer. */
export function createProfile({ extension, grant }: { extension: string; grant: string[] }): Profile {
  const id = extensionId(extension);
  const folder = mkdtempSync(join(tmpdir(), 'runnel-profile-'));
  const granted = { api: [], explicit_host: grant, manifest_permissions: [], scriptable_host: [] };
  // 8 is Chromium's number for "loaded by the command line".
  const settings = { [id]: { location: 8, path: extension, runtime_granted_permissions: granted } };
  mkdirSync(join(folder, 'Default'));
  writeFileSync(
    join(folder, 'Default', 'Preferences'),
    JSON.stringify({ extensions: { pinned_extensions: [id], ...(grant.length > 0 ? { settings } : {}) } }),
  );
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }) };
}
