// Composition root of the side panel.
import '../../components/style/tokens.css';
import '../../components/style/base.css';
import '../../components/style/prose.css';
import '../../components/chat/chat.css';
import './sidepanel.css';
import { render } from 'preact';
import { ChatApp } from '../../components/chat/ChatApp.tsx';
import { createChatModel } from '../../lib/chat/model.ts';
import { localDrafts } from '../../lib/platform/drafts.ts';
import { listenToNotices } from '../../lib/platform/notices.ts';
import { localOutbox } from '../../lib/platform/outbox.ts';
import { connectToWorker } from '../../lib/platform/ports.ts';
import { openSetupFromHere } from '../../lib/platform/surfaces.ts';

const root = document.getElementById('app');
// A page that frames ours could lead clicks onto it.
if (root && window.top === window.self) {
  const model = createChatModel({
    surface: 'sidepanel',
    connect: connectToWorker,
    listen: listenToNotices,
    openOptions: () => void openSetupFromHere(),
    closeSurface: () => window.close(),
    outbox: localOutbox,
    drafts: localDrafts,
    pages: async () => (await import('../../lib/platform/pages.ts')).tabPages,
    copyText: (text) => navigator.clipboard.writeText(text),
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  render(<ChatApp model={model} />, root);
  void model.start();
}
