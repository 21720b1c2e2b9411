// The icons of what opens above the box; they come with it.

const paths = {
  page: 'M4.5 2h5L13 5.5V13a1 1 0 0 1-1 1H4.5a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1ZM9.25 2.25V5.5h3.5M5.75 8.5h5M5.75 11h5',
  tab: 'M2.5 12.5v-9h4l1.25 2h5.75v7a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1ZM8.5 3.5h4',
  image:
    'M3.5 3h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM2.75 11.5l3-3 2 2L10.5 7.5l2.75 3M5.75 6v.01',
  selection:
    'M13.5 3.5v7a1 1 0 0 1-1 1H7L4 14v-2.5h-.5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1ZM5.5 5.75h5M5.5 8.25h3',
  prompt: 'M10 3 6 13',
  instructions: 'M3 4h10M3 8h10M3 12h6',
} as const;

export type PartIconName = keyof typeof paths;

/** Decoration only, as every icon. */
export function PartIcon({ name }: { name: PartIconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
