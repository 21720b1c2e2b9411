// The shortcuts that the browser keeps for us.
import { browser } from './native.ts';

/** `keys` as the browser spells them, such as "Alt+Shift+Y"; empty where it assigned none. */
export async function findCommands(): Promise<{ name: string; description: string; keys: string }[]> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name, description, shortcut }) => ({
    name: name ?? '',
    description: description ?? '',
    keys: shortcut ?? '',
  }));
}
