// The icons of the list, which only it needs.
import type { OwnIcon } from '../../Icon.tsx';

const own = (name: string, path: string): OwnIcon => ({ name, path });

export const icons = {
  close: own('close', 'M3.75 3.75l8.5 8.5M12.25 3.75l-8.5 8.5'),
  pin: own('pin', 'M8 10v4M4.5 10h7l-1.25-2.5v-3.5l.75-1.5H5l.75 1.5v3.5L4.5 10Z'),
  unpin: own('unpin', 'M8 10v4M4.5 10h7l-1.25-2.5v-3.5l.75-1.5H5l.75 1.5v3.5L4.5 10ZM2.5 2.5l11 11'),
  download: own('download', 'M8 2.75v7M4.75 7 8 10.25 11.25 7M3 13.25h10'),
  bin: own('bin', 'M3 4.5h10M6.25 4.5V3h3.5v1.5M4.25 4.5l.6 8.5h6.3l.6-8.5M6.75 7v3.5M9.25 7v3.5'),
  temporary: own(
    'temporary',
    'M8 4.75v3.5l2.25 1.5M5 2.75a6 6 0 0 1 6 0M13.25 5a6 6 0 0 1 0 6M11 13.25a6 6 0 0 1-6 0M2.75 11a6 6 0 0 1 0-6',
  ),
} as const;
