// A scripted worker for the options page: keeps settings and keys in memory and a journal of what it was asked.
import { StreamError, toTrouble } from '../../lib/engine/errors.ts';
import { type Channel, channelPair } from '../../lib/protocol/channel.ts';
import type { Check, ModelInfo, Request, SettingsView } from '../../lib/protocol/contract.ts';
import { permissionPattern } from '../../lib/settings/base-url.ts';
import { defaultSettings, type Settings } from '../../lib/settings/schema.ts';

/** What the options page knows of the browser that it stands in. */
export const HERE = { origin: 'chrome-extension://runnelsown', copyText: async (_text: string) => {} };

export interface WorkerScript {
  settings?: Partial<Settings>;
  /** Origins with a key. */
  keys?: string[];
  /** Match patterns that are granted. */
  granted?: string[];
  models?: ModelInfo[];
  checks?: Check[];
  /** Translations that are kept. */
  kept?: { count: number; chars: number };
  /** Requests that fail, by type. */
  failures?: Partial<Record<Request['type'], StreamError>>;
  /** Answers of these requests are held back until the promise resolves; what they say is decided before. */
  held?: Partial<Record<Request['type'], Promise<void>>>;
  /** Leaves the connection test running after its checks, until it is aborted. */
  testHangs?: boolean;
}

export function createScriptedWorker(script: WorkerScript = {}) {
  let settings: Settings = { ...defaultSettings, ...script.settings };
  const keys = new Map((script.keys ?? []).map((origin) => [origin, 'stored-before']));
  const granted = new Set(script.granted ?? []);
  const journal: Request[] = [];
  let kept = script.kept ?? { count: 0, chars: 0 };
  const failures = script.failures ?? {};

  const view = (): SettingsView => {
    const hasKey = keys.has(new URL(settings.baseUrl).origin);
    const hasPermission = granted.has(permissionPattern(settings.baseUrl));
    return { settings, hasKey, hasPermission, ready: hasKey && hasPermission && settings.model !== '' };
  };

  function answer(request: Request, channel: Channel): unknown {
    const failure = failures[request.type];
    if (failure) throw failure;
    switch (request.type) {
      case 'settings':
        return view();
      case 'save-settings':
        settings = request.settings;
        return view();
      case 'put-key':
        keys.set(request.origin, request.key);
        return null;
      case 'remove-key':
        keys.delete(request.origin);
        return null;
      case 'has-key':
        return keys.has(request.origin);
      case 'kept-translations':
        return kept;
      case 'forget-translations':
        kept = { count: 0, chars: 0 };
        return null;
      case 'models':
        return script.models ?? [];
      case 'test-connection':
        for (const check of script.checks ?? []) channel.post({ type: 'check', check });
        return script.testHangs ? undefined : null;
      default:
        throw new StreamError('bad-request', `not scripted: ${request.type}`);
    }
  }

  function connect(): Channel {
    const [ours, theirs] = channelPair();
    const end = (last: unknown): void => {
      theirs.post(last);
      theirs.close();
    };
    theirs.onMessage((message) => {
      if ((message as { type: string }).type === 'abort')
        return end({ type: 'error', trouble: { code: 'aborted', message: 'Stopped.' } });
      const request = message as Request;
      journal.push(request);
      try {
        const value = answer(request, theirs);
        if (value === undefined) return;
        const held = script.held?.[request.type];
        if (held) void held.then(() => end({ type: 'done', value }));
        else end({ type: 'done', value });
      } catch (error) {
        end({ type: 'error', trouble: toTrouble(error) });
      }
    });
    return ours;
  }

  return {
    connect,
    journal,
    keys,
    granted,
    failures,
    asked: (type: Request['type']) => journal.filter((request) => request.type === type),
    view,
  };
}
