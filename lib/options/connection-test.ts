// The connection test: runs it with what the form holds, saved or not, and keeps its lines.
import { signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { type OpenRequest, openRequest } from '../protocol/client.ts';
import type { Address } from './address.ts';
import { addLine, type CheckLine } from './checks.ts';

export interface TestInput {
  preset: string;
  address: Address;
  model: string;
  /** A typed key is used once and not stored; empty means the stored one. */
  key: string;
}

export function createConnectionTest(connect: Connect, origin: string) {
  const lines = signal<CheckLine[]>([]);
  const running = signal(false);
  let open: OpenRequest<'test-connection'> | undefined;
  let stopped = false;

  /** Resolves with how it went; rejects with a StreamError where the test itself could not run. */
  async function run({ preset, address, model, key }: TestInput): Promise<'passed' | 'failed' | 'stopped'> {
    lines.value = [];
    running.value = true;
    stopped = false;
    const { baseUrl, host } = address;
    const context = { host, model, baseUrl, origin };
    try {
      open = openRequest<'test-connection'>(
        connect,
        { type: 'test-connection', preset, baseUrl, model, ...(key ? { key } : {}) },
        ({ check }) => {
          lines.value = addLine(lines.value, check, context);
        },
      );
      await open.result;
    } catch (error) {
      if (!stopped) throw error;
    } finally {
      running.value = false;
      open?.leave();
      open = undefined;
    }
    if (stopped) return 'stopped';
    return lines.value.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed';
  }

  return {
    lines,
    running,
    run,
    stop(): void {
      stopped = true;
      open?.abort();
    },
    clear(): void {
      if (!running.value) lines.value = [];
    },
  };
}

export type ConnectionTest = ReturnType<typeof createConnectionTest>;
