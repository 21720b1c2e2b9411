// A text as a file of the user's, without a permission for downloads.

/** How long the browser may take to read it, ms. */
const READ_WITHIN_MS = 60_000;

export function saveText(name: string, text: string): void {
  saveFile(name, new Blob([text], { type: 'application/octet-stream' }));
}

export function saveFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN_MS);
}
