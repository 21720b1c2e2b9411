// Temporary conversations are told by their id: whoever holds one knows that nothing of it may be stored.

const PREFIX = 'temporary-';

export function temporaryId(id: string): string {
  return `${PREFIX}${id}`;
}

export function isTemporary(conversationId: string): boolean {
  return conversationId.startsWith(PREFIX);
}
