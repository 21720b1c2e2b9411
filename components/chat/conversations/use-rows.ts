// What the rows of the list share: which are in sight, which one the keyboard is at, and the focus that goes with it.
import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { ConversationList } from '../../../lib/chat/conversations.ts';
import { cutOut, layOut, placeOf, type Rows, type Window } from './rows.ts';

export interface RowsState {
  scroller: RefObject<HTMLDivElement>;
  shown: Window;
  /** The row that the keyboard is at; undefined where there is none. */
  current: string | undefined;
  editing: Signal<string | null>;
  onScroll(): void;
  activate(id: string): void;
  focus(id: string | undefined): void;
  /** Goes `by` rows on from the current one; before the first stands the search box, infinitely many end at an end. */
  step(by: number): void;
  remove(id: string): void;
}

export function useRows(
  list: ConversationList,
  now: () => number,
  box: RefObject<HTMLInputElement | null>,
): RowsState {
  const scroller = useRef<HTMLDivElement>(null) as RefObject<HTMLDivElement>;
  const active = useSignal<string | null>(null);
  const editing = useSignal<string | null>(null);
  const all = list.all.value;
  const rows = useMemo(
    () => layOut(list.pinned.value, list.entries.value, now(), remInPixels()),
    [all, list, now],
  );
  const { shown, top, onScroll } = useWindow(scroller, rows);
  const isAtEnd = shown.isAtEnd && list.loaded.value && list.hasMore.value;
  useEffect(() => {
    if (isAtEnd) void list.more();
  }, [isAtEnd, list, all]);
  const seek = useSeek(scroller);
  const current = all.find(({ id }) => id === (active.value ?? list.shown.value))?.id ?? all[0]?.id;
  const focus = (id: string | undefined) => {
    const place = id === undefined ? undefined : placeOf(rows, id);
    if (id === undefined || !place || !scroller.current) return;
    active.value = id;
    reveal(scroller.current, place);
    top.value = scroller.current.scrollTop;
    seek(id);
  };
  const placeOfId = (id: string | undefined) => all.findIndex((entry) => entry.id === id);
  return {
    scroller,
    shown,
    current,
    editing,
    onScroll,
    activate(id) {
      active.value = id;
    },
    focus,
    step(by) {
      const at = placeOfId(current) + by;
      if (at === -1) box.current?.focus();
      else focus(all[Math.max(0, Math.min(at, all.length - 1))]?.id);
    },
    remove(id) {
      const at = placeOfId(id);
      const next = all[at + 1] ?? all[at - 1];
      if (next) focus(next.id);
      else box.current?.focus();
      void list.delete(id);
    },
  };
}

/** 16 unless the browser is asked for larger or smaller text. */
const remInPixels = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** What of the rows is in sight, by the place and the height of what scrolls them. */
function useWindow(scroller: RefObject<HTMLElement>, rows: Rows) {
  const top = useSignal(0);
  const view = useSignal(600);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      view.value = element.clientHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  });
  const onScroll = () => {
    top.value = scroller.current?.scrollTop ?? 0;
  };
  return { shown: cutOut(rows, top.value, view.value), top, onScroll };
}

/** Brings the focus to a row, also to one that is only drawn then. */
function useSeek(scroller: RefObject<HTMLElement>): (id: string) => void {
  const wanted = useRef<string | null>(null);
  const find = () => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-id="${wanted.current}"] .entry-open`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  };
  useLayoutEffect(() => {
    if (wanted.current !== null) find();
  });
  return (id) => {
    wanted.current = id;
    find();
  };
}

/** Scrolls no farther than is needed. */
function reveal(scroller: HTMLElement, { top, height }: { top: number; height: number }): void {
  const gap = 40;
  if (top < scroller.scrollTop + gap) scroller.scrollTop = top - gap;
  else if (top + height > scroller.scrollTop + scroller.clientHeight - gap)
    scroller.scrollTop = top + height - scroller.clientHeight + gap;
}
