// localStorage of our own pages: written before a call returns, which nothing else that survives a closing popup is.
const KEY = 'outbox';

export const localOutbox = {
  read: (): string | null => localStorage.getItem(KEY),
  write(text: string): void {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // Full: sending works as well without, it is only less safe.
    }
  },
};
