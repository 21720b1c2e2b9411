import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { TabChoice } from '../../../lib/chat/tab-choice.ts';
import { say } from '../../../lib/words/say.ts';
import { Dialog } from './Dialog.tsx';

/** The tabs that may be read, and a way to more of them. */
export function TabPicker({ model, close }: { model: ChatModel; close: () => void }) {
  const [choice] = useState(() => new TabChoice());
  useEffect(() => void choice.load(model.deps.pages), [choice, model]);
  const tabs = choice.tabs.value;
  const add = (tabId: number) => {
    close();
    void model.composing.addPage(tabId);
  };
  return (
    <Dialog title={say('anotherTab')} close={close}>
      {tabs && tabs.length > 0 && (
        <ul class="tab-list">
          {tabs.map(({ id, title, url }) => (
            <li key={id}>
              <button type="button" onClick={() => add(id)}>
                <span dir="auto">{title || url}</span>
                <span class="tab-host">{new URL(url).host}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <AllowSite choice={choice} />
    </Dialog>
  );
}

function AllowSite({ choice }: { choice: TabChoice }) {
  const site = useSignal('');
  const allow = (event: Event) => {
    event.preventDefault();
    void choice.allow(site.value);
  };
  return (
    <form class="dialog-form" onSubmit={allow}>
      <p class="dialog-lead">{say('tabsLead')}</p>
      <label for="site">{say('allowSite')}</label>
      <div class="dialog-line">
        <input
          id="site"
          class="field"
          dir="ltr"
          placeholder="example.com"
          spellcheck={false}
          autocomplete="off"
          value={site.value}
          onInput={({ currentTarget }) => {
            site.value = currentTarget.value;
          }}
        />
        <button type="submit" class="button">
          {say('allow')}
        </button>
      </div>
      <p class="dialog-lead" role="status">
        {choice.note.value}
      </p>
    </form>
  );
}
