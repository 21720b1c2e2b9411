// Drafts in localStorage of our own pages, an entry for each conversation: the only storage that is written before a call returns, so
// that a popup which closes takes nothing along.
const PREFIX = 'draft:';
/** So many drafts at most; the ones that were begun last stay. */
const MAX_DRAFTS = 60;

export const localDrafts = {
  read: (conversationId: string): string | null => localStorage.getItem(PREFIX + conversationId),
  write(conversationId: string, text: string | null): void {
    const key = PREFIX + conversationId;
    if (text === null) {
      localStorage.removeItem(key);
      return;
    }
    const isNew = localStorage.getItem(key) === null;
    try {
      localStorage.setItem(key, text);
    } catch {
      // Full: the box works as well without, it is only less safe. What was there before is no longer what is in it.
      localStorage.removeItem(key);
    }
    if (isNew) note(key);
  },
  /** What was being written is as much said as what was sent. */
  forgetAll(): void {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX) || key === ORDER) localStorage.removeItem(key);
  },
  onChange(listener: (conversationId: string) => void): () => void {
    const hear = ({ key }: StorageEvent) => {
      if (key?.startsWith(PREFIX)) listener(key.slice(PREFIX.length));
    };
    addEventListener('storage', hear);
    return () => removeEventListener('storage', hear);
  },
};

const ORDER = 'drafts';

/** Keeps the order in which drafts were begun, and forgets the oldest ones. */
function note(key: string): void {
  const before = (localStorage.getItem(ORDER) ?? '')
    .split(' ')
    .filter((other) => other !== '' && other !== key);
  const order = [...before, key];
  for (const old of order.splice(0, Math.max(0, order.length - MAX_DRAFTS))) localStorage.removeItem(old);
  try {
    localStorage.setItem(ORDER, order.join(' '));
  } catch {
    // As above.
  }
}
