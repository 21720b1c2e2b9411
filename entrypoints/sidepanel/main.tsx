// Composition root of the side panel.
import '../../components/style/tokens.css';
import '../../components/style/base.css';
import '../../components/chat/chat.css';
import './sidepanel.css';
import { render } from 'preact';
import { ChatApp } from '../../components/chat/ChatApp.tsx';
import { createChatModel } from '../../lib/chat/model.ts';
import { PanelTab } from '../../lib/chat/panel-tab.ts';
import { setPageLanguage } from '../../lib/platform/page-language.ts';
import { openChatTab, openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { viewDeps } from '../../lib/platform/view-deps.ts';
import { createWindowTabs } from '../../lib/platform/window-tabs.ts';

setPageLanguage();
const root = document.getElementById('app');
// A page that frames ours could lead clicks onto it.
if (root && window.top === window.self) {
  const panelTab = new PanelTab(createWindowTabs());
  panelTab.start();
  const model = createChatModel({
    ...viewDeps,
    panelTab,
    pages: async () => ({ ...(await viewDeps.pages()), current: () => panelTab.current() }),
    surface: 'sidepanel',
    openOptions: () => void openSetupFromHere(),
    openTab: () => void openChatTab(),
    closeSurface: () => window.close(),
  });
  render(<ChatApp model={model} />, root);
  void model.start();
}
