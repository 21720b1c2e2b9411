// Pictures of every state in languages that are mirrored, long or dense, for people to look at.
import { test } from './harness/fixtures.ts';
import { sayIn } from './harness/in-words.ts';
import { launchRunnel } from './harness/launch.ts';
import { picture } from './harness/picture.ts';
import { walkChat, walkOptions } from './harness/states.ts';

const schemes = ['light', 'dark', 'forced'] as const;
const walks = [
  { what: 'chat', walk: walkChat, heights: [640, 600, 800] },
  { what: 'options', walk: walkOptions, heights: [6800, 6000, 5200] },
] as const;

for (const locale of (process.env['WORDS'] ?? 'ar,de,ja').split(','))
  for (const { what, walk, heights } of walks)
    test(`the ${what} in ${locale}`, async ({ provider }) => {
      test.setTimeout(200_000);
      const sizes = [320, 420, 1200].map((width, at) => ({ width, height: heights[at] ?? 800 }));
      const runnel = await launchRunnel({ words: locale });
      try {
        await walk({
          runnel,
          provider,
          say: sayIn(locale),
          look: (page, name, shown) => picture(page, `words-${locale}-${name}`, { sizes, schemes, shown }),
        });
      } finally {
        await runnel.close();
      }
    });
