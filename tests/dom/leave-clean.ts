// Files of this folder share a document; each leaves it as it found it.
import { afterAll } from 'vitest';

afterAll(() => {
  document.head.replaceChildren();
  document.body.replaceChildren();
  for (const child of [...document.documentElement.children])
    if (child !== document.head && child !== document.body) child.remove();
  for (const element of [document.documentElement, document.body])
    for (const { name } of [...element.attributes]) element.removeAttribute(name);
  document.getSelection()?.removeAllRanges();
});
