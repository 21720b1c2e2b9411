import type { HistoryData } from '../../lib/options/history-data.ts';
import type { OptionsModel } from '../../lib/options/model.ts';
import { say } from '../../lib/words/say.ts';
import { ChatSection } from './ChatSection.tsx';
import { DataSection } from './DataSection.tsx';
import { ModelsSection } from './ModelsSection.tsx';
import type { ComboboxOption } from './match-options.ts';
import { PageSection } from './PageSection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import { Problem } from './Problem.tsx';
import { ProviderForm } from './ProviderForm.tsx';
import { ReliabilitySection } from './ReliabilitySection.tsx';
import { SavedProviders } from './SavedProviders.tsx';
import { type ShortcutsProps, ShortcutsSection } from './ShortcutsSection.tsx';
import { TranslationSection } from './TranslationSection.tsx';
import { UsageSection } from './UsageSection.tsx';
import { Welcome } from './Welcome.tsx';

export interface SettingsAppProps extends ShortcutsProps {
  model: OptionsModel;
  languages: readonly ComboboxOption[];
  version: string;
  data: HistoryData;
}

export function SettingsApp({ model, data, languages, version, shortcuts, onChange }: SettingsAppProps) {
  return (
    <main class="settings">
      <header>
        <img src="/icon/128.png" alt="" width={28} height={28} />
        <h1>{say('settingsTitle')}</h1>
      </header>
      <Problem model={model} place="load" />
      <Welcome model={model} />
      {model.view.value && (
        <>
          <section>
            <h2>{say('provider')}</h2>
            <p class="lead">{say('providerLead')}</p>
            <SavedProviders model={model} />
            <ProviderForm model={model} />
          </section>
          <ChatSection model={model} />
          <ModelsSection model={model} />
          <TranslationSection model={model} languages={languages} />
          <PageSection model={model} />
          <ReliabilitySection model={model} />
          <DataSection data={data} />
          <UsageSection model={model} />
          <PrivacySection model={model} />
        </>
      )}
      <ShortcutsSection shortcuts={shortcuts} onChange={onChange} />
      <section>
        <h2>{say('about')}</h2>
        <p>{say('aboutText', version)}</p>
      </section>
    </main>
  );
}
