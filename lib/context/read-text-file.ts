// A file → its text, as a part of a question; what is not text is refused in words.
import type { ContextPart } from '../protocol/attachments.ts';
import { say } from '../words/say.ts';

/** Bytes. */
const MAX_FILE = 400_000;

export async function readTextFile(file: File): Promise<ContextPart | string> {
  const name = file.name.slice(0, 200) || say('textFile');
  if (/\.pdf$/i.test(name) || file.type === 'application/pdf') return say('filePdf', name);
  if (file.size > MAX_FILE) return say('fileLarge', name);
  const text = findText(new Uint8Array(await file.arrayBuffer()));
  if (text === undefined) return say('fileNotText', name);
  if (text.trim() === '') return say('fileEmpty', name);
  return { kind: 'file', title: name, text: text.replaceAll(/\r\n?/g, '\n') };
}

/** UTF-8, or UTF-16 with its mark; undefined for anything else. */
export function findText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    // No text has these; a program or an archive has nothing else.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return /[\u0000-\u0008\u000e-\u001a]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
