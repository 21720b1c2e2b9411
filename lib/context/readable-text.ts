// The readable text of a page, without its menus and adverts. The page's HTML is parsed into a document that runs nothing and loads nothing.
import { Readability } from '@mozilla/readability';
import { blockText } from './block-text.ts';
import { cleanText } from './clean-text.ts';

/** An article this much shorter than the page is not what the page is about. */
const LEAST_SHARE = 0.1;
const LEAST_LENGTH = 250;

/** Empty where there is none. */
export function readableText(html: string): string {
  const inert = new DOMParser().parseFromString(html, 'text/html');
  // Before the extractor, which takes the document apart.
  const main = inert.querySelector('main, [role=main]') ?? inert.body;
  const whole = cleanText(blockText(main)) || cleanText(blockText(inert.body));
  const article = findArticle(inert);
  const isEnough = article.length >= LEAST_LENGTH && article.length >= whole.length * LEAST_SHARE;
  return isEnough ? article : whole;
}

function findArticle(inert: Document): string {
  try {
    const found = new Readability<Node>(inert, {
      serializer: (node) => node,
      disableJSONLD: true,
      maxElemsToParse: 100_000,
    }).parse();
    return found?.content ? cleanText(blockText(found.content as Element)) : '';
  } catch {
    return '';
  }
}
