// What a first-time user still has to give before anything can be asked.
import { WORKER_ENDED, WORKER_ENDED_BETWEEN } from '../engine/errors.ts';
import type { ModelAt, SettingsView, Turn } from '../protocol/contract.ts';
import { isLoopback } from '../settings/base-url.ts';

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

/** Host and port of a base URL; empty where it is not a URL. */
export function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : '';
}

/**
 * Whether a turn that ended with its worker goes on without being asked: as the settings say, and only where it was, which must be what
 * would be `asked` now. Where nothing
 * had come and a request was under way, asking again might be paid twice, so the user decides.
 */
export function mayGoOnByItself(
  { trouble, reply, origin, model, kind }: Turn,
  view: SettingsView | null,
  asked: ModelAt | null,
): boolean {
  if (!asked || view?.settings.continuing !== 'automatic' || kind !== 'chat' || reply.toolCalls.length > 0)
    return false;
  if (model !== asked.model || hostOf(origin) !== hostOf(asked.baseUrl)) return false;
  if (trouble?.message === WORKER_ENDED_BETWEEN) return true;
  return trouble?.message === WORKER_ENDED && reply.text !== '' && reply.finishReason === null;
}
