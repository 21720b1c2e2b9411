import type { CheckLine } from '../../lib/options/checks.ts';

const marks: Record<CheckLine['outcome'], string> = { ok: '✓', failed: '✗', skipped: '–' };

/** The lines of the connection test. The first that failed is the alert; a second would only repeat it. */
export function TestResult({ lines }: { lines: readonly CheckLine[] }) {
  if (lines.length === 0) return null;
  const firstFailed = lines.find(({ outcome }) => outcome === 'failed');
  return (
    // The status line around it already says how the test went; read out line by line this would drown it.
    <ul class="checks" aria-live="off">
      {lines.map((line) => (
        <li key={line.name} class={line.outcome} data-check={line.name} data-outcome={line.outcome}>
          <span class="mark" aria-hidden="true">
            {marks[line.outcome]}
          </span>
          <div role={line === firstFailed ? 'alert' : undefined} data-code={line.code}>
            <p>{line.text}</p>
            {line.hint && <p class="hint">{line.hint}</p>}
            {line.details && (
              <details>
                <summary>Details</summary>
                <p dir="auto">{line.details}</p>
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
