// The icon set: 16 px, drawn with a 1.5 px stroke in the colour of the text around.

const paths = {
  plus: 'M8 3v10M3 8h10',
  panel:
    'M3.5 3h9A1.5 1.5 0 0 1 14 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 11.5v-7A1.5 1.5 0 0 1 3.5 3ZM10 3v10',
  tab: 'M6.5 3h-3A1.5 1.5 0 0 0 2 4.5v8A1.5 1.5 0 0 0 3.5 14h8a1.5 1.5 0 0 0 1.5-1.5v-3M9.5 2H14v4.5M14 2 7.5 8.5',
  gear: 'M2 4.75h6.25M12 4.75h2M2 11.25h2M7.75 11.25H14M10.1 6.6a1.85 1.85 0 1 0 0-3.7 1.85 1.85 0 0 0 0 3.7ZM5.9 13.1a1.85 1.85 0 1 0 0-3.7 1.85 1.85 0 0 0 0 3.7Z',
  send: 'M8 13V3.5M3.75 7.5 8 3.25l4.25 4.25',
  stop: 'M4.75 4.75h6.5v6.5h-6.5z',
  copy: 'M6.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1ZM10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2',
  'go-on': 'M2.75 8h10M8.75 3.75 13 8l-4.25 4.25',
  check: 'm3 8.5 3.25 3.25L13 5',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.55L13 5.9M13 2.75V5.9H9.85',
  'arrow-down': 'M8 3v9.5M3.75 8.5 8 12.75l4.25-4.25',
  translate:
    'M2 3.75h7M5.5 2.25v1.5M7.75 3.75C7.25 6.75 5.25 8.75 2.5 9.75M3.75 5.75c.75 1.75 2 3 3.75 3.75M7.5 13.75l3.1-7 3.1 7M8.5 11.5h4.2',
  quote:
    'M13.5 3.5v7a1 1 0 0 1-1 1H7L4 14v-2.5h-.5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1ZM5.5 5.75h5M5.5 8.25h3',
  clip: 'M13 7.6 8.3 12.3a3 3 0 0 1-4.25-4.25l5-5a2 2 0 0 1 2.85 2.85l-4.95 5a1 1 0 0 1-1.45-1.45l4.6-4.6',
  close: 'M4.25 4.25l7.5 7.5M11.75 4.25l-7.5 7.5',
  instructions: 'M3 4h10M3 8h10M3 12h6',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  edit: 'M9.75 4.25 11.75 6.25M3 13l.6-2.6 7.4-7.4a1.4 1.4 0 0 1 2 2l-7.4 7.4L3 13Z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.25V11M8 5v.01',
  previous: 'M9.75 4 5.75 8l4 4',
  next: 'm6.25 4 4 4-4 4',
  keyboard:
    'M3 4h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM4.75 6.75h.01M8 6.75h.01M11.25 6.75h.01M5.5 9.5h5',
  tool: 'M9.6 5.4a3 3 0 0 1 4-2.8L11.75 4.5l.25 1.25 1.25.25 1.75-1.85a3 3 0 0 1-4 3.85L5.5 13.5a1.4 1.4 0 0 1-2-2l5.6-5.4Z',
  alert: 'M8 2.25 14.25 13H1.75L8 2.25ZM8 6.5v3M8 11.25v.01',
} as const;

export type IconName = keyof typeof paths;
/** An icon of a part that is loaded later, which brings it along: its name and its path. */
export interface OwnIcon {
  name: string;
  path: string;
}

/** Decoration only: the control around it carries the name. */
export function Icon({ name }: { name: IconName | OwnIcon }) {
  const icon = typeof name === 'string' ? { name, path: paths[name] } : name;
  return (
    <svg class={`icon icon-${icon.name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={icon.path} />
    </svg>
  );
}

/** The mark: three lines that flow into one. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d="M6 10c14 0 16 14 30 14M6 24h36M6 38c14 0 16-14 30-14" />
    </svg>
  );
}
