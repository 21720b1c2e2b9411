import { useEffect, useRef } from 'preact/hooks';
import type { HistoryData } from '../../lib/options/history-data.ts';
import { say } from '../../lib/words/say.ts';

/** The conversations as a whole: out into a file, in from one, and away. */
export function DataSection({ data }: { data: HistoryData }) {
  return (
    <section class="data">
      <h2>{say('data')}</h2>
      <p class="lead">{say('dataLead')}</p>
      <div class="data-line">
        <button
          type="button"
          class="button"
          aria-disabled={data.isBusy.value}
          onClick={() => void data.exportAll()}
        >
          {say('exportAll')}
        </button>
        <label class="button file-button">
          {say('import')}
          <input
            type="file"
            accept=".json,application/json"
            aria-label={say('import')}
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
          <p class="problem-title">{say('dataFailed')}</p>
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
        {say('importTitle')}
      </h3>
      {(isGood || conversations.length > 0) && (
        <ul class="plain">
          <li>{say('importNew', conversations.length)}</li>
          <li>{say('importMessages', messages)}</li>
          <li>{say('importExisting', existing)}</li>
        </ul>
      )}
      {!isGood && (
        <div class="problem" role="alert" data-code="bad-data">
          <p class="problem-title">{say('importWrong')}</p>
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
            {say('importThem')}
          </button>
        )}
        <button type="button" class="button" onClick={() => data.cancel()}>
          {say(isGood && conversations.length > 0 ? 'cancel' : 'do_close')}
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
        {say('deleteAllConversations')}
      </button>
      <dialog class="confirm-dialog" aria-labelledby="delete-all" ref={dialog}>
        <h3 id="delete-all">{say('deleteAllAsk')}</h3>
        <p>{say('deleteAllHint')}</p>
        <div class="data-line">
          <button type="button" class="button danger" onClick={() => close(true)}>
            {say('deleteAll')}
          </button>
          <button type="button" class="button" onClick={() => close(false)}>
            {say('cancel')}
          </button>
        </div>
      </dialog>
    </>
  );
}
