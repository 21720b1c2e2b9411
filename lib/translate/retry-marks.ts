// A mark at the end of each block that failed or stayed half translated: a press asks for that block alone.
import { say } from '../words/say.ts';
import { AID_STYLE } from './aid-style.ts';
import type { AidOptions } from './aids.ts';
import type { Host } from './host.ts';
import type { Item } from './item.ts';

/** More are in the control's one Retry. */
const MOST = 40;

export interface RetryMarks {
  /** Shows a mark for each of these items and no others. */
  show(items: readonly Item[]): void;
  /** Blocks have moved. */
  place(): void;
}

export function createRetryMarks({ onRetry, isTrusted, createHost }: AidOptions): RetryMarks {
  const marks = new Map<Item, Host>();
  const place = () => {
    for (const [{ segment }, host] of marks) {
      const { block, source } = segment;
      const { right, bottom } = (
        block.isConnected ? block : (source?.block ?? block)
      ).getBoundingClientRect();
      const { width, height } = host.element.getBoundingClientRect();
      host.moveTo(right - width, bottom - height);
    }
  };
  const create = (item: Item): Host => {
    const { block, source } = item.segment;
    const host = createHost(source?.block ?? block, AID_STYLE);
    const document = block.ownerDocument;
    const frame = document.createElement('div');
    frame.className = 'frame';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'mark';
    button.textContent = '↻';
    button.title = say('retryBlock');
    button.setAttribute('aria-label', button.title);
    button.addEventListener('click', (event) => {
      if (isTrusted(event)) onRetry(item);
    });
    frame.append(button);
    host.root.append(frame);
    return host;
  };
  return {
    show(items) {
      const wanted = new Set(items.slice(0, MOST));
      for (const [item, host] of marks) {
        if (wanted.has(item)) continue;
        host.remove();
        marks.delete(item);
      }
      for (const item of wanted) if (!marks.has(item)) marks.set(item, create(item));
      place();
    },
    place,
  };
}
