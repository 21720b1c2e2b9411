import type { ModelsByProvider } from '../../../lib/chat/model-lists.ts';
import { providerName, providersOf } from '../../../lib/settings/providers.ts';
import type { Settings } from '../../../lib/settings/schema.ts';
import { say } from '../../../lib/words/say.ts';
import { wordsFor } from '../../../lib/words/trouble.ts';

interface PickerNotesProps {
  settings: Settings | undefined;
  lists: ModelsByProvider;
  isEmpty: boolean;
  retry: (baseUrl: string) => void;
}

/** Whose list is still to come, and whose cannot be had. */
export function PickerNotes({ settings, lists, isEmpty, retry }: PickerNotesProps) {
  const providers = settings ? providersOf(settings) : [];
  const isLoading = providers.some(({ baseUrl }) => lists.get(baseUrl)?.isLoading);
  return (
    <div class="picker-notes" role="status">
      {isLoading && <p>{say('readingModels')}</p>}
      {isEmpty && !isLoading && <p>{say('noListHasModel')}</p>}
      {providers.map((provider) => {
        const { baseUrl } = provider;
        const list = lists.get(baseUrl);
        if (!list?.trouble || list.isLoading) return null;
        const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
        return (
          <p key={baseUrl} data-code={list.trouble.code}>
            <bdi>{providerName(provider)}</bdi>: {wordsFor(list.trouble, { host }).title}{' '}
            <button type="button" class="link" onClick={() => retry(baseUrl)}>
              {say('tryAgain')}
              <span class="visually-hidden">{providerName(provider)}</span>
            </button>
          </p>
        );
      })}
    </div>
  );
}
