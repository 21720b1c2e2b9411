// What a body is, told from how it begins and ends: content types are wrong too often, and bodies are cut.

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

/** Whether a text that is not JSON ends before its JSON does, as a body that was cut; false where it is broken in itself. */
export function isCutJson(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let position = 0; position < text.length; position++) {
    const char = text[position];
    if (inString) {
      if (char === '\\') position++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return depth > 0 || inString;
}

/** Whether the data of an event that lacks its end can be what a cut left, rather than something that never was a chunk. */
export function isCutOff(data: string): boolean {
  // Of several lines the last may be cut. One word may be the beginning of anything.
  return data.includes('\n') || /^[\w-]{1,16}$/.test(data) || isCutJson(data);
}
