import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { BrowserCommand } from '../../lib/chat/deps.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import { type KeyLine, keyGroups } from '../../lib/chat/shortcut-list.ts';
import { toTrouble } from '../../lib/engine/errors.ts';
import { focusLater } from './focus.ts';
import './shortcuts.css';
import { say } from '../../lib/words/say.ts';

/** Every key there is: those of the chat, and those that the browser keeps. */
export function ShortcutsDialog({ model, close }: { model: ChatModel; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const commands = useSignal<readonly BrowserCommand[]>([]);
  const { findCommands, openOptions } = model.deps;
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // A browser that does not tell is asked in the settings.
    findCommands?.().then((found) => {
      commands.value = found;
    }, console.warn);
    // The browser gives the focus back to what had it, where that is still there.
    return () => focusLater(() => undefined);
  }, [commands, findCommands]);
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys are meant for the dialog alone; Escape would close the popup as well.
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    dialog.current?.close();
  };
  return (
    <dialog
      class="shortcuts-dialog"
      ref={dialog}
      aria-labelledby="shortcuts-title"
      onClose={close}
      onKeyDown={onKeyDown}
    >
      <header>
        <h2 id="shortcuts-title">{say('keyboardShortcuts')}</h2>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {say('do_close')}
        </button>
      </header>
      {keyGroups(model.composing.sendWith.value).map(({ title, lines }) => (
        <section key={title}>
          <h3>{title}</h3>
          <Lines lines={lines} />
        </section>
      ))}
      <ForScreenReaders model={model} />
      {commands.value.length > 0 && (
        <section>
          <h3>{say('keysInBrowser')}</h3>
          <Lines
            lines={commands.value.map(({ name, description, keys }) => ({
              what: name === '_execute_action' ? say('openChat') : description,
              keys: keys === '' ? [] : [[keys]],
            }))}
          />
          <button type="button" class="button" onClick={openOptions}>
            {say('changeInSettings')}
          </button>
        </section>
      )}
    </dialog>
  );
}

function ForScreenReaders({ model }: { model: ChatModel }) {
  const settings = model.setup.value?.settings;
  if (!settings) return null;
  const change = (isOn: boolean) =>
    model.configured.change({ announces: isOn ? 'sentences' : 'end' }).catch((error: unknown) => {
      model.trouble.value = toTrouble(error);
    });
  return (
    <section>
      <h3>{say('forScreenReaders')}</h3>
      <label class="reads-answers">
        <input
          type="checkbox"
          checked={settings.announces === 'sentences'}
          onChange={(event) => void change(event.currentTarget.checked)}
        />
        <span>{say('announceSentences')}</span>
      </label>
    </section>
  );
}

function Lines({ lines }: { lines: readonly KeyLine[] }) {
  return (
    <dl>
      {lines.map(({ keys, what }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {keys.length === 0
              ? say('notSet')
              : keys.map((combination) => <Combination keys={combination} />)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Combination({ keys }: { keys: readonly string[] }) {
  return (
    <span class="combination">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
