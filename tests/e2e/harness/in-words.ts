// The built extension with its words in another language. The browser chooses the language by its own, and Debian's Chromium has English only;
// so a copy of the build has the wanted messages in place of the English ones.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectBuild, root } from './places.ts';

export interface Copy {
  folder: string;
  remove(): void;
}

/** `locale`: a folder of public/_locales. */
export function copyInWords(locale: string): Copy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'runnel-words-')));
  cpSync(expectBuild('chrome-mv3'), folder, { recursive: true });
  const messagesOf = (name: string) => join(folder, '_locales', name, 'messages.json');
  copyFileSync(messagesOf(locale), messagesOf('en'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }) };
}

/** The words of one language, by their names. @throws Error for a name it does not have */
export function sayIn(locale: string): (name: string) => string {
  const file = join(root, 'public', '_locales', locale, 'messages.json');
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>;
  return (name) => {
    const found = messages[name]?.message;
    if (found === undefined) throw new Error(`no “${name}” in ${locale}`);
    return found;
  };
}
