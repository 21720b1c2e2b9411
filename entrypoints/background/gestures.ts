// What menu items and shortcuts do.
import { startTurn } from '../../lib/jobs/chat-job.ts';
import { type Gesture, translateInPage } from '../../lib/jobs/page-gesture.ts';
import { languageOf } from '../../lib/jobs/target-language.ts';
import { MENU, withdrawOriginal } from '../../lib/platform/menus.ts';
import {
  findPageUrl,
  findSelectedFrame,
  injectPageScript,
  injectPart,
  restorePage,
  togglePage,
  translateAgain,
  type Wishes,
} from '../../lib/platform/page.ts';
import { openSidePanel, showAnyView, showCannotRun } from '../../lib/platform/surfaces.ts';
import { defaultSettings } from '../../lib/settings/schema.ts';
import { findHost, showOn } from '../../lib/settings/sites.ts';
import { loadSettings } from '../../lib/settings/stored.ts';
import { TRANSLATION_TEMPERATURE, translationMessages } from '../../lib/translate/prompt.ts';
import { chatDeps, ledger, notify, ready, translateDeps } from './dependencies.ts';

/** The fields of the browser's own types that are read here. */
interface Tab {
  id?: number | undefined;
  windowId?: number | undefined;
}
interface Click {
  menuItemId: string | number;
  frameId?: number | undefined;
  selectionText?: string | undefined;
  pageUrl?: string | undefined;
}

export function translateTab(gesture: Gesture): Promise<void> {
  return translateInPage(
    {
      grants: translateDeps.grants,
      inject: async (tabId, frameId, text) => injectPageScript(tabId, frameId, await wishesFor(tabId, text)),
      injectPart,
      translateAgain,
      findSelectedFrame,
      translateAside,
      showCannotRun,
    },
    gesture,
  );
}

/** How the site in a tab is to be translated; a frame is shown as the page it is in. */
async function wishesFor(tabId: number, text: string | undefined): Promise<Wishes> {
  const [settings, pageUrl] = await Promise.all([
    // A gesture works where the storage does not.
    loadSettings().catch(() => defaultSettings),
    findPageUrl(tabId).catch(() => undefined),
  ]);
  return {
    show: showOn(settings, findHost(pageUrl)),
    leftAlone: settings.leftAlone
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    showsOriginalOnHover: settings.showsOriginalOnHover,
    ...(text === undefined ? {} : { text }),
  };
}

/** A text of a page that lets no script in: translated as a turn of the chat, which is then opened. */
async function translateAside(text: string, windowId: number | undefined): Promise<void> {
  const shown = showAnyView(windowId);
  await ready;
  const language = languageOf((await loadSettings()).targetLanguage);
  const wishes = await translateDeps.wishesFor(language);
  const conversation = await ledger.view(undefined, () => crypto.randomUUID());
  await startTurn(
    chatDeps,
    {
      id: crypto.randomUUID(),
      conversationId: conversation.id,
      parentId: conversation.turns.at(-1)?.id ?? null,
      userText: text,
      createdAt: Date.now(),
      kind: 'translation',
      language: language.tag,
    },
    (model) => ({
      model,
      messages: translationMessages(text, wishes, false),
      temperature: TRANSLATION_TEMPERATURE,
    }),
  );
  await shown;
}

export async function onMenu(info: Click, tab: Tab | undefined): Promise<void> {
  notify({ type: 'page-allowed' });
  if (info.menuItemId === MENU.panel) return openPanelOf(tab);
  if (tab?.id === undefined) return;
  if (info.menuItemId === MENU.translate) {
    await translateTab({
      tabId: tab.id,
      windowId: tab.windowId,
      frameId: info.frameId ?? 0,
      selectionText: info.selectionText,
    });
  } else if (info.menuItemId === MENU.original) {
    // A tab that has gone elsewhere has nothing to restore.
    await restorePage(tab.id).catch(() => {});
    if (info.pageUrl) await withdrawOriginal(info.pageUrl).catch(() => {});
  }
}

export async function onCommand(command: string, tab: Tab | undefined): Promise<void> {
  notify({ type: 'page-allowed' });
  if (command === 'open-side-panel') return openPanelOf(tab);
  if (tab?.id === undefined) return;
  // A tab that lets no script in has nothing to switch.
  if (command === 'toggle-original') return togglePage(tab.id).catch(() => {});
  if (command !== 'translate-selection') return;
  await translateTab({ tabId: tab.id, windowId: tab.windowId, frameId: 0, selectionText: undefined });
}

/** Not async: the panel may only be opened before anything is awaited. */
function openPanelOf(tab: Tab | undefined): Promise<void> {
  return tab?.windowId === undefined ? Promise.resolve() : openSidePanel(tab.windowId);
}
