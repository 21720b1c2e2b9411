// npm start without a display: a chat in the real popup and a translation in the page, printed with their figures, and screenshots.
import { relative } from 'node:path';
import type { Page } from '@playwright/test';
import { artifact, root } from '../e2e/harness/places.ts';
import { button, lastReply, messageText, readFigures, selectBlocks, send } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import { type Demo, startDemo } from './demo.ts';

const QUESTION = 'What does streaming mean, and why does it feel faster? Show an example.';

function print(title: string, text: string): void {
  console.log(`\n${title}\n${text.replaceAll(/^/gm, '  ')}`);
}

const pictures: string[] = [];
async function takePictures(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const file = artifact('start', `${name}-${scheme}.png`);
    await page.screenshot({ path: file });
    pictures.push(relative(root, file));
  }
  await page.emulateMedia({ colorScheme: null });
}

async function chat({ runnel, provider }: Demo): Promise<void> {
  const popup = await runnel.openPopup();
  await send(popup.page, QUESTION);
  const reply = lastReply(popup.page);
  let growths = 0;
  let length = 0;
  await until(
    'the answer is complete',
    async () => {
      const state = await reply.getAttribute('data-state');
      if (state === 'failed' || state === 'partial') return state;
      const now = (await messageText(reply)).length;
      if (now > length) growths += 1;
      length = now;
      return state === 'done' && state;
    },
    { limitMs: 60_000 },
  );
  const state = await reply.getAttribute('data-state');
  if (state !== 'done') throw new Error(`the chat ended as ${state}: ${await messageText(reply)}`);
  if (growths < 2) throw new Error('the answer did not grow on screen: nothing was streamed');
  const figures = await readFigures(reply);
  print(`Chat in the toolbar popup: ${QUESTION}`, await messageText(reply));
  print(
    'Figures',
    [
      `first token after ${figures.ttftMs} ms, ${figures.tokensPerSecond} tokens/s`,
      `${figures.tokens} tokens (${figures.usage}) in ${figures.chunks} chunks, ${figures.retries} retries`,
      `seen growing ${growths} times; ${provider.journal.filter(({ method }) => method === 'POST').length} chat request reached the provider`,
    ].join('\n'),
  );
  await takePictures(popup.page, 'popup');
  await popup.close();
}

async function translate({ runnel, provider }: Demo): Promise<void> {
  const { tab } = runnel;
  const before = await tab.locator('#p1, #p2').allInnerTexts();
  await selectBlocks(tab, '#p1', '#p2');
  const popup = await runnel.openPopup();
  await button(popup.page, 'Translate selection')
    .click()
    .catch(() => {});
  const started = Date.now();
  const blocks = tab.locator('[data-runnel]');
  await until('the translation begins', async () => (await blocks.count()) > 0);
  await until(
    'the translation is complete',
    async () => {
      const states = await blocks.evaluateAll((all) => all.map((block) => block.getAttribute('data-runnel')));
      if (states.includes('failed')) throw new Error('a block failed');
      return states.length > 0 && states.every((state) => state === 'done');
    },
    { limitMs: 60_000 },
  );
  const seconds = (Date.now() - started) / 1000;
  await popup.close();
  const after = await blocks.allInnerTexts();
  if (before.some((text) => after.includes(text))) throw new Error('the page still says the same');
  print('Selection', before.join('\n\n'));
  print('Translated in the page', after.join('\n\n'));
  const sent = provider.journal.slice(-after.length);
  const chunks = sent.reduce((sum, entry) => sum + entry.chunksSent, 0);
  print(
    'Figures',
    `${after.length} blocks in ${seconds.toFixed(1)} s, ${chunks} chunks, ${(chunks / seconds).toFixed(0)} chunks/s`,
  );
  await takePictures(tab, 'page');
}

async function showTheRest({ runnel }: Demo): Promise<void> {
  const panel = await runnel.openPanel();
  await until('the panel shows the conversation', async () => (await lastReply(panel.page).count()) > 0);
  await takePictures(panel.page, 'sidepanel');
  await panel.close();
  const options = await runnel.openTab('options.html');
  await options.getByRole('textbox', { name: 'Base URL' }).waitFor();
  await takePictures(options, 'options');
  await options.close();
}

let step = 'starting';
let demo: Demo | undefined;
try {
  demo = await startDemo();
  console.log(`Demo provider (scripted): ${demo.provider.url}`);
  for (const [name, act] of Object.entries({ chat, translate, showTheRest })) {
    step = name;
    await act(demo);
  }
  if (demo.runnel.troubles.length > 0)
    throw new Error(`errors in pages:\n${demo.runnel.troubles.join('\n')}`);
  print('Screenshots', pictures.join('\n'));
} catch (error) {
  console.error(`\nThe ${step} part did not work: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await demo?.close();
}
