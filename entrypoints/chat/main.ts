// Composition root of the chat in a tab of its own.
import { openChat } from '../../components/chat/open-chat.tsx';
import { setPageLanguage } from '../../lib/platform/page-language.ts';
import { openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { viewDeps } from '../../lib/platform/view-deps.ts';

setPageLanguage();
openChat({
  ...viewDeps,
  surface: 'tab',
  openOptions: () => void openSetupFromHere(),
  closeSurface: () => window.close(),
});
