// Composition root of the popup.
import { openChat } from '../../components/chat/open-chat.tsx';
import { createNotifier } from '../../lib/platform/notices.ts';
import { setPageLanguage } from '../../lib/platform/page-language.ts';
import { openChatTab, openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { viewDeps } from '../../lib/platform/view-deps.ts';
import { holdSize } from './hold-size.ts';
import { createPanelOpener } from './open-panel.ts';

setPageLanguage();
const root = document.getElementById('app');
if (root) holdSize(root);
openChat({
  ...viewDeps,
  surface: 'popup',
  openOptions: () => void openSetupFromHere().then(() => window.close()),
  openSidePanel: createPanelOpener(() => window.close()),
  openTab: () => void openChatTab().then(() => window.close()),
  closeSurface: () => window.close(),
});
// Whoever pressed the toolbar button has let us into the page, which an open panel may be about.
if (window.top === window.self) createNotifier()({ type: 'page-allowed' });
