// What a row leaves for the report. Types only and one name: the reporter must not load a test runner.

/** Type of the annotation on the test. */
export const RECORD = 'fault-row';

export interface Outcome {
  /** What is not as it should be, each named by its oracle. */
  problems: string[];
  /** Requests that were sent again without leave. */
  duplicates: number;
  /** Characters that the server sent and nobody sees, where no process died. */
  lostBytes: number;
  /** The same where one died, as time of the stream; null where none did. */
  lostMs: number | null;
  canaryHits: number;
  foreignRequests: number;
}

export interface RowRecord extends Outcome {
  id: string;
  title: string;
  /** Mostly milliseconds, by name; `name:detail` where one row has several of a kind. */
  measured: Record<string, number>;
}
