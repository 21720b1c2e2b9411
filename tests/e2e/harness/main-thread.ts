// What the tasks of pages' main threads cost, in time of the processor: what others do on the machine meanwhile does not count.
import type { CDPSession } from '@playwright/test';
import { command } from './cdp.ts';
import { within } from './until.ts';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Of the processor, microseconds. */
  tdur?: number;
  args: { name?: string };
}

/** `session` is the browser's own. Resolves with a function that ends the recording: milliseconds of each task of a page's main thread. */
export async function recordTasks(session: CDPSession): Promise<() => Promise<number[]>> {
  const events: TraceEvent[] = [];
  const receive = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', receive);
  const traceConfig = { includedCategories: ['toplevel'] };
  await command(session, 'Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await command(session, 'Tracing.end');
    await within(complete, 15_000, 'the trace');
    session.off('Tracing.dataCollected', receive);
    const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
    const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args.name === 'CrRendererMain';
    const mains = new Set(events.filter(isMain).map(threadOf));
    return events
      .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(threadOf(event)))
      .map(({ tdur = 0 }) => tdur / 1000);
  };
}
