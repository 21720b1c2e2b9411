const ACCEPTED =
  'image/*,text/*,.md,.markdown,.csv,.tsv,.json,.yaml,.yml,.toml,.xml,.log,.ts,.tsx,.js,.py,.rs,.go,.java,.c,.h,.cpp,.rb,.sh,.sql';

/** Lets the user choose images and text files. Must be called inside a click. */
export function pickFiles(take: (files: File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = ACCEPTED;
  input.addEventListener('change', () => take([...(input.files ?? [])]));
  input.click();
}
