// No violation that axe finds, in every state of the chat and the options, in light, dark and forced colours, in languages that
// are long or mirrored.
import { test } from './harness/fixtures.ts';
import { sayIn } from './harness/in-words.ts';
import { launchRunnel } from './harness/launch.ts';
import { expectNoSidewaysScroll, expectNoViolations } from './harness/picture.ts';
import { type Look, walkChat, walkOptions } from './harness/states.ts';

const look: Look = async (page, name) => {
  await expectNoViolations(page, { schemes: ['light', 'dark', 'forced'], legacy: true, name });
  await expectNoSidewaysScroll(page, name);
};

for (const locale of ['en', 'ar', 'de'])
  for (const [what, walk] of [
    ['chat', walkChat],
    ['options', walkOptions],
  ] as const)
    test(`the ${what} in ${locale}`, async ({ provider }) => {
      test.slow();
      const runnel = await launchRunnel({ words: locale });
      try {
        await walk({ runnel, provider, say: sayIn(locale), look });
      } finally {
        await runnel.close();
      }
    });
