// What a view knows about the server that is asked.
import { WORKER_ENDED, WORKER_ENDED_BETWEEN } from '../engine/errors.ts';
import type { SettingsView, Turn } from '../protocol/contract.ts';

/** Host and port of a base URL; empty where it is not a URL. */
export function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : '';
}

/**
 * Whether a turn that ended with its worker goes on without being asked: as the settings say, and only where it was. Where nothing
 * had come and a request was under way, asking again might be paid twice, so the user decides.
 */
export function mayGoOnByItself(
  { trouble, reply, origin, model, kind }: Turn,
  view: SettingsView | null,
): boolean {
  if (view?.settings.continuing !== 'automatic' || kind !== 'chat' || reply.toolCalls.length > 0)
    return false;
  const { settings } = view;
  if (model !== settings.model || hostOf(origin) !== hostOf(settings.baseUrl)) return false;
  if (trouble?.message === WORKER_ENDED_BETWEEN) return true;
  return trouble?.message === WORKER_ENDED && reply.text !== '' && reply.finishReason === null;
}
