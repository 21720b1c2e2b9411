// What a first-time user still has to give before anything can be asked.
import type { SettingsView } from '../protocol/contract.ts';
import { isLoopback } from '../settings/base-url.ts';
import { hostOf } from './readiness.ts';

export type Missing = 'key' | 'model' | 'permission';

/** Empty where everything is there. A server on this computer usually wants no key, so there a missing key is not named. */
export function missingParts(view: SettingsView): Missing[] {
  if (view.ready) return [];
  const missing: Missing[] = [];
  const host = hostOf(view.settings.baseUrl);
  if (!view.hasKey && !isLoopback(host.replace(/:\d+$/, ''))) missing.push('key');
  if (view.settings.model === '') missing.push('model');
  if (!view.hasPermission) missing.push('permission');
  // The worker knows more about the provider than this view: if it says "not ready", something is missing.
  return missing.length > 0 ? missing : ['key'];
}
