// What a body is, told from how it begins: content types are wrong too often.

const FIELDS = ['data:', 'event:', 'id:', 'retry:', 'error:'];

/** Where a body begins after a byte order mark and white space; the length of `bytes` where it has not begun yet. */
export function findBodyStart(bytes: Uint8Array): number {
  const start = bytes.findIndex((byte) => !isBlank(byte) && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  return start === -1 ? bytes.length : start;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/** Whether a body that begins like this can be a stream of events: its first line is a comment or a field, or may yet become one. */
export function isEventStream(head: string): boolean {
  const [line = '', rest] = head.replace(/^[\uFEFF\s]+/, '').split(/\r\n|\r|\n/, 2);
  if (line.startsWith(':') || FIELDS.some((field) => line.startsWith(field))) return true;
  return FIELDS.some((field) => field.startsWith(line) || (rest !== undefined && field === `${line}:`));
}
