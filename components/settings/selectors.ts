/** The numbers of the lines, from 1, that hold something and no CSS selector. */
export function findWrongLines(text: string): number[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' || isSelector(line.trim()) ? [] : [index + 1]));
}

/** What is left open at the end of a selector is closed for it; here it would swallow the next line. */
function isSelector(text: string): boolean {
  return parses(text) && !parses(`${text})`) && !parses(`${text}]`);
}

function parses(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
