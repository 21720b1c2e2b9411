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
      <h2>Shortcuts</h2>
      <p class="lead">The browser keeps these. They can be changed on its own page.</p>
      <dl class="shortcuts">
        {shortcuts.map(({ name, description, keys }) => (
          <div key={name}>
            <dt>{name === '_execute_action' ? 'Open the chat' : description}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : 'not set'}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" onClick={onChange}>
        Change shortcuts
      </button>
    </section>
  );
}
