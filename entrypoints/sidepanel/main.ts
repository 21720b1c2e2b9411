// Composition root of the side panel.
import { openChatTab, openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { openChat } from '../chat/open-chat.tsx';

openChat({
  surface: 'sidepanel',
  openOptions: () => void openSetupFromHere(),
  openTab: () => void openChatTab(),
  closeSurface: () => window.close(),
});
