// The keys of the chat as they are told to a person (lib/chat/shortcuts.ts).
export interface KeyLine {
  /** Each of them does it; the keys of one are pressed together. */
  keys: readonly (readonly string[])[];
  what: string;
}

export interface KeyGroup {
  title: string;
  lines: readonly KeyLine[];
}

export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Anywhere in the chat',
    lines: [
      { keys: [['Alt', '↑']], what: 'Go to the message before' },
      { keys: [['Alt', '↓']], what: 'Go to the message after' },
      { keys: [['Ctrl', '/']], what: 'Show these shortcuts' },
      { keys: [['Esc']], what: 'Stop the answer (a popup closes instead)' },
    ],
  },
  {
    title: 'In the message box',
    lines: [
      { keys: [['Enter']], what: 'Send' },
      { keys: [['Shift', 'Enter']], what: 'New line' },
    ],
  },
  {
    title: 'Among the messages',
    lines: [
      { keys: [['k']], what: 'Go to the message before' },
      { keys: [['j']], what: 'Go to the message after' },
      { keys: [['c']], what: 'Copy the message, or the last answer' },
      { keys: [['r']], what: 'Regenerate the answer, or the last one' },
      { keys: [['e']], what: 'Edit the question, or the last one' },
      { keys: [['d'], ['Delete']], what: 'Delete the message' },
      { keys: [['s']], what: 'Stop the answer' },
      { keys: [['n']], what: 'New chat' },
      { keys: [['i'], ['/']], what: 'Go to the message box' },
      { keys: [['?']], what: 'Show these shortcuts' },
    ],
  },
];
