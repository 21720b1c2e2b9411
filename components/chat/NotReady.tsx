import { type Missing, missingParts } from '../../lib/chat/missing-parts.ts';
import type { SettingsView } from '../../lib/protocol/contract.ts';
import { Logo } from '../Icon.tsx';

const needs: Record<Missing, string> = {
  key: 'an API key',
  model: 'a model',
  permission: 'access to the server',
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
      <h2>Connect a model</h2>
      <p>Runnel still needs {listed(missingParts(setup).map((part) => needs[part]))}.</p>
      <button type="button" class="button primary" onClick={openOptions}>
        Open settings
      </button>
      <p class="tip">Your key stays in this browser. No page can read it.</p>
    </div>
  );
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function listed(items: string[]): string {
  return list.format(items);
}
