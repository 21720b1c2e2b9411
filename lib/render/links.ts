// Which addresses of a model's answer may be followed, and what a reader has to be told about them.

export interface SafeLink {
  /** The address as the browser will open it, without user name and password. */
  href: string;
  /** Host and port in ASCII (punycode); for mailto the address. What a reader is shown. */
  host: string;
}

const ALLOWED = /^(?:https?|mailto):/i;
// Longer addresses carry data, not a place.
const MAX_LENGTH = 4096;
// Controls, and invisible characters that reorder or hide what is written around them.
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Absolute http, https and mailto addresses only; relative ones would point into the extension. */
export function findSafeLink(href: string): SafeLink | undefined {
  const cleaned = href.replace(INVISIBLE, '').trim();
  if (cleaned.length > MAX_LENGTH || !ALLOWED.test(cleaned)) return undefined;
  const url = parseUrl(cleaned);
  if (url === undefined) return undefined;
  if (url.protocol === 'mailto:') {
    return url.pathname.includes('@') ? { href: url.href, host: url.pathname } : undefined;
  }
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.host === '') return undefined;
  // A user name is only ever there to look like a host, and a password would be sent along.
  url.username = '';
  url.password = '';
  return { href: url.href, host: url.host };
}

/**
 * Whether text that is shown for a link begins with the host it leads to, so that nothing has to be added.
 * The host must end there too: `good.example.bad.example` does not show `good.example`.
 */
export function showsHost(visible: string, link: SafeLink): boolean {
  const text = visible.trim().toLowerCase();
  const host = link.host.toLowerCase();
  if (link.href.startsWith('mailto:')) return text === host || text === `mailto:${host}`;
  const rest = text.replace(/^https?:\/\//, '');
  const candidates = [host, host.replace(/^www\./, '')];
  // Spaces end the claim as well as the address does: `example.com login` still names its host.
  return candidates.some((name) => rest.startsWith(name) && /^(?:$|[/?#]|\s)/.test(rest.slice(name.length)));
}

/** What is said in place of an image that is never loaded: its host, or its scheme where there is none. */
export function findImageSource(href: string): string | undefined {
  const url = parseUrl(href.replace(INVISIBLE, '').trim());
  if (url === undefined) return undefined;
  return url.host || url.protocol.slice(0, -1);
}
