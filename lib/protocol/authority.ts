// Who may ask for what: the one table. A page script may translate, only with a grant (lib/jobs/grants.ts) on
// top of this, and say how translations are shown on its own site.
import type { RequestType } from './contract.ts';
import type { SenderClass } from './senders.ts';

const PAGE: readonly SenderClass[] = ['page'];
const CONTENT: readonly SenderClass[] = ['content-top', 'content-sub'];

const AUTHORITY: Record<RequestType, readonly SenderClass[]> = {
  chat: PAGE,
  continue: PAGE,
  keep: PAGE,
  'select-turn': PAGE,
  'delete-turn': PAGE,
  price: PAGE,
  attach: PAGE,
  translate: CONTENT,
  'bring-part': CONTENT,
  'show-here': CONTENT,
  'translate-tab': PAGE,
  selection: PAGE,
  conversation: PAGE,
  capture: PAGE,
  'new-conversation': PAGE,
  conversations: PAGE,
  'open-conversation': PAGE,
  'temporary-conversation': PAGE,
  'rename-conversation': PAGE,
  'pin-conversation': PAGE,
  'delete-conversation': PAGE,
  'restore-conversation': PAGE,
  'delete-all-conversations': PAGE,
  'whole-conversation': PAGE,
  'kept-translations': PAGE,
  'forget-translations': PAGE,
  settings: PAGE,
  'save-settings': PAGE,
  'put-key': PAGE,
  'remove-key': PAGE,
  'has-key': PAGE,
  models: PAGE,
  'test-connection': PAGE,
};

export function mayAsk(sender: SenderClass, request: RequestType): boolean {
  return AUTHORITY[request].includes(sender);
}
