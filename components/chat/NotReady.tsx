import { type Missing, missingParts } from '../../lib/chat/missing-parts.ts';
import type { SettingsView } from '../../lib/protocol/contract.ts';
import { type MessageName, say, wordsLanguage } from '../../lib/words/say.ts';
import { Logo } from '../Icon.tsx';

const needs: Record<Missing, MessageName> = {
  key: 'needKey',
  model: 'needModel',
  permission: 'needPermission',
};

interface NotReadyProps {
  setup: SettingsView;
  openOptions: () => void;
}

/** What is missing before anything can be asked. */
export function NotReady({ setup, openOptions }: NotReadyProps) {
  return (
    <div class="empty">
      <Logo />
      <h2>{say('connectModel')}</h2>
      <p>{say('stillNeeds', listed(missingParts(setup).map((part) => say(needs[part]))))}</p>
      <button type="button" class="button primary" onClick={openOptions}>
        {say('action_openSettings')}
      </button>
      <p class="tip">{say('keyStaysHere')}</p>
    </div>
  );
}

function listed(items: string[]): string {
  return new Intl.ListFormat(wordsLanguage(), { type: 'conjunction' }).format(items);
}
