import { say } from '../../lib/words/say.ts';
export interface Shortcut {
  /** As in the manifest's commands. */
  name: string;
  description: string;
  /** "Alt+Shift+Y"; empty where the browser assigned none. */
  keys: string;
}

export interface ShortcutsProps {
  shortcuts: readonly Shortcut[];
  /** Opens the browser's own page for it. */
  onChange(): void;
}

export function ShortcutsSection({ shortcuts, onChange }: ShortcutsProps) {
  return (
    <section>
      <h2>{say('shortcuts')}</h2>
      <p class="lead">{say('shortcutsLead')}</p>
      <dl class="shortcuts">
        {shortcuts.map(({ name, description, keys }) => (
          <div key={name}>
            <dt>{name === '_execute_action' ? say('openChat') : description}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : say('notSet')}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" onClick={onChange}>
        {say('changeShortcuts')}
      </button>
    </section>
  );
}
