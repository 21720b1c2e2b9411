// Composition root of the popup.
import '../../components/style/tokens.css';
import '../../components/style/base.css';
import '../../components/chat/chat.css';
import './popup.css';
import { render } from 'preact';
import { ChatApp } from '../../components/chat/ChatApp.tsx';
import { createChatModel } from '../../lib/chat/model.ts';
import { createNotifier } from '../../lib/platform/notices.ts';
import { setPageLanguage } from '../../lib/platform/page-language.ts';
import { openChatTab, openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { viewDeps } from '../../lib/platform/view-deps.ts';
import { createPanelOpener } from './open-panel.ts';

setPageLanguage();
const root = document.getElementById('app');
// A page that frames ours could lead clicks onto it.
if (root && window.top === window.self) {
  const model = createChatModel({
    ...viewDeps,
    surface: 'popup',
    openOptions: () => void openSetupFromHere().then(() => window.close()),
    openSidePanel: createPanelOpener(() => window.close()),
    openTab: () => void openChatTab().then(() => window.close()),
    closeSurface: () => window.close(),
  });
  render(<ChatApp model={model} />, root);
  // Whoever pressed the toolbar button has let us into the page, which an open panel may be about.
  createNotifier()({ type: 'page-allowed' });
  void model.start();
}
