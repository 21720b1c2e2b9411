import { useSignal } from '@preact/signals';
import type { CheckLine } from '../../lib/options/checks.ts';
import { type MessageName, say } from '../../lib/words/say.ts';

const marks: Record<CheckLine['outcome'], string> = { ok: '✓', failed: '✗', missing: '–', skipped: '–' };

interface TestResultProps {
  lines: readonly CheckLine[];
  /** Takes over a base URL that works, and tests again. */
  onUse: (baseUrl: string) => void;
  copyText: (text: string) => Promise<void>;
}

/** The lines of the connection test. The first that failed is the alert; a second would only repeat it. */
export function TestResult({ lines, onUse, copyText }: TestResultProps) {
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
            {line.command && <Command text={line.command} copyText={copyText} />}
            <Ways line={line} onUse={onUse} />
            {line.details && (
              <details>
                <summary>{say('details')}</summary>
                <p dir="auto">{line.details}</p>
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Ways({ line: { better, link }, onUse }: { line: CheckLine; onUse: (baseUrl: string) => void }) {
  return (
    <>
      {better && (
        <button type="button" class="button" onClick={() => onUse(better)}>
          {say('useThisAddress')}
        </button>
      )}
      {link && (
        <a href={link} target="_blank" rel="noreferrer" dir="ltr">
          {link}
        </a>
      )}
    </>
  );
}

/** A line for another program, with a button that copies it. */
function Command({ text, copyText }: { text: string; copyText: (text: string) => Promise<void> }) {
  const said = useSignal<MessageName>('do_copy');
  const copy = () =>
    copyText(text).then(
      () => {
        said.value = 'copied';
      },
      () => {
        said.value = 'selectToCopy';
      },
    );
  return (
    <p class="command">
      <code dir="ltr">{text}</code>
      <button type="button" class="button quiet" onClick={() => void copy()}>
        {say(said.value)}
      </button>
    </p>
  );
}
