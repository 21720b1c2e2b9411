// Composition root of the side panel.
import '../../components/style/tokens.css';
import '../../components/style/base.css';
import '../../components/chat/chat.css';
import './sidepanel.css';
import { openChatTab, openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { openChat } from '../chat/open-chat.tsx';

openChat({
  surface: 'sidepanel',
  openOptions: () => void openSetupFromHere(),
  openTab: () => void openChatTab(),
  closeSurface: () => window.close(),
});
