// A transport in four members. In the product it is a runtime port; in tests, a pair in memory.

export interface Channel {
  /** Sends a message; after the other end is gone it does nothing. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the other end closed or died; not after our own `close`. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Opens a channel to the worker. */
export type Connect = () => Channel;

/** Two channels that are each other's other end. Messages are structured clones and arrive asynchronously, as on a port. */
export function channelPair(): [Channel, Channel] {
  const a = new MemoryChannel();
  const b = new MemoryChannel();
  a.other = b;
  b.other = a;
  return [a, b];
}

class MemoryChannel implements Channel {
  other: MemoryChannel | undefined;
  private open = true;
  private readonly messageListeners: ((message: unknown) => void)[] = [];
  private readonly closeListeners: (() => void)[] = [];

  post(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.other?.receive(copy));
  }
  onMessage(listener: (message: unknown) => void): void {
    this.messageListeners.push(listener);
  }
  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }
  close(): void {
    if (!this.open) return;
    this.open = false;
    queueMicrotask(() => this.other?.otherClosed());
  }
  private receive(message: unknown): void {
    if (this.open) for (const listener of this.messageListeners) listener(message);
  }
  private otherClosed(): void {
    if (!this.open) return;
    this.open = false;
    for (const listener of this.closeListeners) listener();
  }
}
