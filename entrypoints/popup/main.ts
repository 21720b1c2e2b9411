// Composition root of the popup.
import { openChatTab, openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { openChat } from '../chat/open-chat.tsx';
import { createPanelOpener } from './open-panel.ts';

openChat({
  surface: 'popup',
  openOptions: () => void openSetupFromHere().then(() => window.close()),
  openSidePanel: createPanelOpener(() => window.close()),
  openTab: () => void openChatTab().then(() => window.close()),
  closeSurface: () => window.close(),
});
