// Composition root of the chat in a tab of its own.
import { openSetupFromHere } from '../../lib/platform/surfaces.ts';
import { openChat } from './open-chat.tsx';

openChat({
  surface: 'tab',
  openOptions: () => void openSetupFromHere(),
  closeSurface: () => window.close(),
});
