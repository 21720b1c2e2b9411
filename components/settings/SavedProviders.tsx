import { useSignal } from '@preact/signals';
import type { OptionsModel } from '../../lib/options/model.ts';
import type { ProviderEntry } from '../../lib/options/providers.ts';
import { MAX_NAME } from '../../lib/settings/providers.ts';
import { say } from '../../lib/words/say.ts';
import { ConfirmButton } from './ConfirmButton.tsx';

/** The providers that are saved, above the form that edits the one in use. */
export function SavedProviders({ model }: { model: OptionsModel }) {
  const { providers, form, firstRun } = model;
  const list = providers.list.value;
  // Whoever sets up the first one has enough to read.
  if (list.length < 2 && (firstRun.value || !model.view.value?.ready)) return null;
  const isEditing = form.dirty.value || form.isNew.value;
  return (
    <div class="row">
      <h3 id="saved-providers">{say('savedProviders')}</h3>
      <ul class="providers" aria-labelledby="saved-providers">
        {list.map((entry) => (
          <Entry key={entry.baseUrl} entry={entry} model={model} isOnly={list.length === 1} />
        ))}
      </ul>
      <div class="actions">
        <button
          type="button"
          class="button"
          aria-disabled={form.isNew.value}
          onClick={() => {
            if (form.isNew.value) return;
            providers.add();
            document.getElementById('provider')?.focus();
          }}
        >
          {say('addProvider')}
        </button>
        {isEditing && (
          <button type="button" class="button quiet" onClick={providers.discard}>
            {say('discardChanges')}
          </button>
        )}
      </div>
      {form.isNew.value && <p class="hint">{say('newProviderHint')}</p>}
    </div>
  );
}

interface EntryProps {
  entry: ProviderEntry;
  model: OptionsModel;
  isOnly: boolean;
}

function Entry({ entry, model: { providers }, isOnly }: EntryProps) {
  const { baseUrl, name, detail, isCurrent } = entry;
  const isRenaming = useSignal(false);
  if (isRenaming.value)
    return (
      <li>
        <NameField
          name={name}
          onDone={(typed) => {
            isRenaming.value = false;
            if (typed !== undefined) void providers.rename(baseUrl, typed);
          }}
        />
      </li>
    );
  return (
    <li aria-current={isCurrent ? 'true' : undefined}>
      <div>
        <bdi class="name">{name}</bdi>
        <bdi class="detail">{detail}</bdi>
      </div>
      {isCurrent ? (
        <span class="tag">{say('inUse')}</span>
      ) : (
        <button type="button" class="button" onClick={() => void providers.use(baseUrl)}>
          {say('useProvider')}
          <span class="visually-hidden">{name}</span>
        </button>
      )}
      <button
        type="button"
        class="button quiet"
        onClick={() => {
          isRenaming.value = true;
        }}
      >
        {say('rename')}
        <span class="visually-hidden">{name}</span>
      </button>
      {!isOnly && (
        <ConfirmButton
          label={say('remove')}
          of={name}
          question={say('removeProviderAsk')}
          yes={say('removeProviderYes')}
          onConfirm={() => void providers.remove(baseUrl)}
        />
      )}
    </li>
  );
}

/** `onDone` gets what was typed, or undefined where it is to stay as it was. */
function NameField({ name, onDone }: { name: string; onDone: (typed: string | undefined) => void }) {
  return (
    <input
      class="field"
      type="text"
      aria-label={say('newNameFor', name)}
      maxLength={MAX_NAME}
      autocomplete="off"
      dir="auto"
      defaultValue={name}
      ref={(box) => box?.select()}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        // Inside of a form Enter would save that.
        if (event.key === 'Enter') event.preventDefault();
        if (event.key === 'Enter') onDone(event.currentTarget.value);
        if (event.key === 'Escape') onDone(undefined);
      }}
      onBlur={(event) => onDone(event.currentTarget.value)}
    />
  );
}
