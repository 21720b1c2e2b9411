// The keys of the chat as they are told to a person (lib/chat/shortcuts.ts).
import type { Settings } from '../settings/schema.ts';
import { type MessageName, say } from '../words/say.ts';

export interface KeyLine {
  /** Each of them does it; the keys of one are pressed together. */
  keys: readonly (readonly string[])[];
  what: string;
}

export interface KeyGroup {
  title: string;
  lines: readonly KeyLine[];
}

/** In words, keys as they are labelled. `sendWith`: what sends a message, as the settings say. */
export function keyGroups(sendWith: Settings['sendWith']): KeyGroup[] {
  return [
    group('keysAnywhere', [
      ['toMessageBefore', ['Alt', '↑']],
      ['toMessageAfter', ['Alt', '↓']],
      ['showShortcuts', ['Ctrl', '/']],
      ['stopOrClose', ['Escape']],
    ]),
    group('keysInBox', [
      ['send', sendWith === 'enter' ? ['Enter'] : ['Ctrl', 'Enter']],
      ['newLine', sendWith === 'enter' ? ['Shift', 'Enter'] : ['Enter']],
    ]),
    group('keysAmongMessages', [
      ['toMessageBefore', ['k']],
      ['toMessageAfter', ['j']],
      ['copyMessage', ['c']],
      ['regenerateAnswer', ['r']],
      ['editQuestion', ['e']],
      ['deleteMessage', ['d'], ['Delete']],
      ['stopAnswer', ['s']],
      ['action_newChat', ['n']],
      ['toMessageBox', ['i'], ['/']],
      ['showShortcuts', ['?']],
    ]),
  ];
}

function group(title: MessageName, lines: [what: MessageName, ...keys: string[][]][]): KeyGroup {
  return {
    title: say(title),
    lines: lines.map(([what, ...keys]) => ({
      what: say(what),
      keys: keys.map((combination) => combination.map(capOf)),
    })),
  };
}

/** Keys that are labelled in words, and not the same everywhere. */
const CAPS: Readonly<Record<string, MessageName>> = {
  Alt: 'capAlt',
  Ctrl: 'capCtrl',
  Shift: 'capShift',
  Enter: 'capEnter',
  Escape: 'capEscape',
  Delete: 'capDelete',
};

function capOf(key: string): string {
  const name = CAPS[key];
  return name ? say(name) : key;
}
