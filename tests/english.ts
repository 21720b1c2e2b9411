// The browser's part in our words, for tests without one: the English messages.
import english from '../public/_locales/en/messages.json' with { type: 'json' };

type Messages = Record<string, { message: string } | undefined>;

const messages: Messages = english;

const getMessage = (name: string, values: readonly string[] = []): string =>
  (messages[name]?.message ?? '').replace(/\$(\d)/g, (_, place: string) => values[Number(place) - 1] ?? '');

Object.assign(globalThis, { chrome: { i18n: { getMessage } } });
