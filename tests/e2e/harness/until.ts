// Waiting for a condition, with a limit. Nothing in these tests waits for a time to pass.

/**
 * Polls `condition` until it gives something truthy and returns that. An error thrown by it counts as "not yet".
 * @throws Error that names `what` was waited for, and the last error or value seen
 */
export async function until<T>(
  what: string,
  condition: () => Promise<T> | T,
  { limitMs = 5000, everyMs = 40 }: { limitMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, null | undefined | false | '' | 0>> {
  const deadline = Date.now() + limitMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await within(condition(), limitMs, what);
      if (value) return value as Exclude<T, null | undefined | false | '' | 0>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms (last: ${String(last)})`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Some browser calls never answer (evaluating in a stopped worker, in a popup that closes): gives them a limit. */
export async function within<T>(promise: Promise<T> | T, limitMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
