// What a view knows about the server that is asked.
import { WORKER_ENDED, WORKER_ENDED_BETWEEN } from '../engine/errors.ts';
import type { ModelAt, SettingsView, Turn } from '../protocol/contract.ts';

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
