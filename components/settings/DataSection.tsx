import { useEffect, useRef } from 'preact/hooks';
import type { HistoryData } from '../../lib/options/history-data.ts';

/** The conversations as a whole: out into a file, in from one, and away. */
export function DataSection({ data }: { data: HistoryData }) {
  return (
    <section class="data">
      <h2>Data</h2>
      <p class="lead">
        The conversations that this browser keeps. The file holds all that was said, but no key.
      </p>
      <div class="data-line">
        <button
          type="button"
          class="button"
          aria-disabled={data.isBusy.value}
          onClick={() => void data.exportAll()}
        >
          Export all
        </button>
        <label class="button file-button">
          Import
          <input
            type="file"
            accept=".json,application/json"
            aria-label="Import"
            onChange={(event) => {
              const box = event.currentTarget;
              const [file] = box.files ?? [];
              if (file) void data.choose(file);
              // The same file may be chosen again once it was mended.
              box.value = '';
            }}
          />
        </label>
        <DeleteAll data={data} />
      </div>
      <Preview data={data} />
      <p aria-live="polite" class={data.status.value === '' ? 'visually-hidden' : 'data-status'}>
        {data.status.value}
      </p>
      {data.problem.value !== '' && (
        <div class="problem" role="alert" data-code="storage">
          <p class="problem-title">That did not work, and nothing was changed.</p>
          <p>{data.problem.value}</p>
        </div>
      )}
    </section>
  );
}

function Preview({ data }: { data: HistoryData }) {
  const title = useRef<HTMLHeadingElement>(null);
  const preview = data.preview.value;
  useEffect(() => title.current?.focus(), [preview]);
  if (!preview) return null;
  const { conversations, messages, existing, problems } = preview;
  const isGood = problems.length === 0;
  return (
    <div class="data-preview">
      <h3 tabIndex={-1} ref={title}>
        What this file would bring
      </h3>
      {(isGood || conversations.length > 0) && (
        <ul class="plain">
          <li>New conversations: {conversations.length}</li>
          <li>Messages in them: {messages}</li>
          <li>Stored already, and left as they are: {existing}</li>
        </ul>
      )}
      {!isGood && (
        <div class="problem" role="alert" data-code="bad-data">
          <p class="problem-title">Something in it is wrong, so nothing of it is imported.</p>
          <ul class="plain">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="data-line">
        {isGood && conversations.length > 0 && (
          <button type="button" class="button primary" onClick={() => void data.accept()}>
            Import them
          </button>
        )}
        <button type="button" class="button" onClick={() => data.cancel()}>
          {isGood && conversations.length > 0 ? 'Cancel' : 'Close'}
        </button>
      </div>
    </div>
  );
}

function DeleteAll({ data }: { data: HistoryData }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = (isMeant: boolean) => {
    dialog.current?.close();
    if (isMeant) void data.deleteAll();
  };
  return (
    <>
      <button type="button" class="button" onClick={() => dialog.current?.showModal()}>
        Delete all conversations
      </button>
      <dialog class="confirm-dialog" aria-labelledby="delete-all" ref={dialog}>
        <h3 id="delete-all">Delete all conversations?</h3>
        <p>This cannot be taken back. Export them first if you may want them again.</p>
        <div class="data-line">
          <button type="button" class="button danger" onClick={() => close(true)}>
            Delete all
          </button>
          <button type="button" class="button" onClick={() => close(false)}>
            Cancel
          </button>
        </div>
      </dialog>
    </>
  );
}
