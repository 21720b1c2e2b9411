// The browser's word on a tab → ours.
import type { TabInfo } from '../context/page-types.ts';

interface Tab {
  id?: number | undefined;
  title?: string | undefined;
  url?: string | undefined;
  favIconUrl?: string | undefined;
}

/** Characters; a larger icon is somebody's picture. */
const MAX_ICON = 50_000;

/** Undefined for what is no tab of a person's, such as a window of the developer tools. */
export function infoOf({ id, title = '', url = '', favIconUrl = '' }: Tab): TabInfo | undefined {
  if (id === undefined) return undefined;
  const isShowable = favIconUrl.startsWith('data:image/') && favIconUrl.length <= MAX_ICON;
  return { id, title, url, ...(isShowable ? { icon: favIconUrl } : {}) };
}
