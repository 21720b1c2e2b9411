import { render } from 'preact';
import { saveFile } from '../../components/chat/save-text.ts';
import type { ComboboxOption } from '../../components/settings/match-options.ts';
import { SettingsApp } from '../../components/settings/SettingsApp.tsx';
import '../../components/style/tokens.css';
import '../../components/style/base.css';
import '../../components/settings/settings.css';
import '../../components/settings/providers.css';
import '../../components/settings/prompts.css';
import '../../components/settings/data.css';
import { createHistoryData, type HistoryData } from '../../lib/options/history-data.ts';
import { createOptionsModel } from '../../lib/options/model.ts';
import { findCommands } from '../../lib/platform/commands.ts';
import { localDrafts } from '../../lib/platform/drafts.ts';
import { browser } from '../../lib/platform/native.ts';
import { createNotifier, listenToNotices } from '../../lib/platform/notices.ts';
import { setPageLanguage } from '../../lib/platform/page-language.ts';
import { hasHostPermission, requestHostPermission } from '../../lib/platform/permissions.ts';
import { connectToWorker } from '../../lib/platform/ports.ts';
import { forgetStills } from '../../lib/still/stills.ts';
import { createArchive } from '../../lib/store/archive-store.ts';
import { createConnection } from '../../lib/store/database.ts';
import { HISTORY_MIGRATIONS } from '../../lib/store/migrations.ts';
import { languages, nameInWords } from '../../lib/translate/languages.ts';
import { say } from '../../lib/words/say.ts';
import { changeShortcuts } from './change-shortcuts.ts';
import { findWayBack } from './way-back.ts';

const choices: ComboboxOption[] = languages.map((language) => ({
  value: language.tag,
  label: language.nativeName,
  note: nameInWords(language),
  lang: language.tag,
  dir: language.dir,
}));

function createData(): HistoryData {
  const connection = createConnection({ name: 'runnel', migrations: HISTORY_MIGRATIONS });
  const notify = createNotifier();
  return createHistoryData({
    connect: connectToWorker,
    files: createArchive(connection),
    tellAll: () => notify({ type: 'storage-changed' }),
    save: saveFile,
    forgetDrafts: () => {
      localDrafts.forgetAll();
      forgetStills();
    },
  });
}

async function start(root: HTMLElement): Promise<void> {
  const backTo = findWayBack(location.hash);
  const model = createOptionsModel({
    connect: connectToWorker,
    listen: listenToNotices,
    requestPermission: requestHostPermission,
    hasPermission: hasHostPermission,
    origin: location.origin,
    copyText: (text) => navigator.clipboard.writeText(text),
    ...(backTo ? { backTo } : {}),
  });
  const [shortcuts] = await Promise.all([findCommands(), model.load()]);
  const { version } = browser.runtime.getManifest();
  render(
    <SettingsApp
      model={model}
      data={createData()}
      languages={choices}
      version={version}
      shortcuts={shortcuts}
      onChange={changeShortcuts}
    />,
    root,
  );
}

setPageLanguage();
document.title = say('settingsTitle');
const root = document.getElementById('root');
// Framed by a page, clicks could be stolen; then there is nothing to click.
if (root && window.top === window.self) void start(root);
