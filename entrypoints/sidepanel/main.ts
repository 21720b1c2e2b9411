// Composition root of the side panel.
import { openChat } from '../../components/chat/open-chat.tsx';
import { PanelTab } from '../../lib/chat/panel-tab.ts';
import { setPageLanguage } from '../../lib/platform/page-language.ts';
import { openChatTab, openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { viewDeps } from '../../lib/platform/view-deps.ts';
import { createWindowTabs } from '../../lib/platform/window-tabs.ts';

setPageLanguage();
const panelTab = new PanelTab(createWindowTabs());
// A page that frames ours is told nothing.
if (window.top === window.self) panelTab.start();
openChat({
  ...viewDeps,
  panelTab,
  pages: async () => ({ ...(await viewDeps.pages()), current: () => panelTab.current() }),
  surface: 'sidepanel',
  openOptions: () => void openSetupFromHere(),
  openTab: () => void openChatTab(),
  closeSurface: () => window.close(),
});
