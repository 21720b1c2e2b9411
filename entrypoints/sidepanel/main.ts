// Composition root of the side panel.
import { openChat } from '../../components/chat/open-chat.tsx';
import { setPageLanguage } from '../../lib/platform/page-language.ts';
import { openChatTab, openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { viewDeps } from '../../lib/platform/view-deps.ts';

setPageLanguage();
openChat({
  ...viewDeps,
  surface: 'sidepanel',
  openOptions: () => void openSetupFromHere(),
  openTab: () => void openChatTab(),
  closeSurface: () => window.close(),
});
