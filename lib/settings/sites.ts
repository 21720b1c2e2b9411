// What a page changes of the settings by being used: how its site is shown, and which languages are asked for.
import type { Show } from '../protocol/page.ts';
import { MAX_RECENT, MAX_SITES, type Settings } from './schema.ts';

/** The host name of a page; undefined where it has none, as files do. */
export function findHost(pageUrl: string | undefined): string | undefined {
  const host = pageUrl !== undefined && URL.canParse(pageUrl) ? new URL(pageUrl).hostname : '';
  return host === '' || host.length > 255 ? undefined : host;
}

/** How translations are shown on a host. */
export function showOn(settings: Settings, host: string | undefined): Show {
  return findOwn(settings, host) ?? settings.show;
}

/** Shows translations on `host` this way from now on; the general way needs no entry. */
export function withSite(settings: Settings, host: string, show: Show): Settings {
  const wanted = show === settings.show ? undefined : show;
  if (findOwn(settings, host) === wanted) return settings;
  const others = Object.entries(settings.sites).filter(([name]) => name !== host);
  const sites = wanted === undefined ? others : [...others, [host, wanted] as const].slice(-MAX_SITES);
  return { ...settings, sites: Object.fromEntries(sites) };
}

/** Hosts are called as they like; "constructor" is one that no object is asked for. */
function findOwn({ sites }: Settings, host: string | undefined): Show | undefined {
  return host !== undefined && Object.hasOwn(sites, host) ? sites[host] : undefined;
}

/** Remembers that `tag` was translated into. */
export function withRecentLanguage(settings: Settings, tag: string): Settings {
  const { recentLanguages } = settings;
  if (recentLanguages[0] === tag) return settings;
  const others = recentLanguages.filter((one) => one !== tag);
  return { ...settings, recentLanguages: [tag, ...others].slice(0, MAX_RECENT) };
}
