// A run counts the blocks whose formatting is lost, and the control says so.
import { beforeEach, describe, expect, it } from 'vitest';
import { channelPair } from '../../lib/protocol/channel.ts';
import type { SegmentEvent } from '../../lib/protocol/contract.ts';
import { createBlocks } from '../../lib/translate/blocks.ts';
import { createItem, putBack, showItem } from '../../lib/translate/item.ts';
import { type Standing, viewOf } from '../../lib/translate/page-view.ts';
import { createRun } from '../../lib/translate/run.ts';
import { collectAll, setPage } from './translate-support.ts';

/** Answers every segment with a text by its id, then ends. */
async function runWith(replies: Record<number, string>) {
  const run = createRun({
    connect: () => {
      const [page, worker] = channelPair();
      worker.onMessage(() => {
        for (const [id, text] of Object.entries(replies)) {
          const event: SegmentEvent = { type: 'segment', id: Number(id), text, state: 'done' };
          worker.post({ type: 'segments', events: [event] });
        }
        worker.post({ type: 'done', value: {} });
        worker.close();
      });
      return page;
    },
    view: window,
    blocks: createBlocks(),
    segments: collectAll(),
  });
  run.start();
  const status = await run.done;
  run.restore();
  return status;
}

const words: Standing = {
  shown: 'in-place',
  hasWays: true,
  lost: undefined,
  isSwitched: false,
  replaced: undefined,
  isRetry: false,
  wasTruncated: false,
};

beforeEach(() => setPage('<p>A <b>b</b></p><p>C <b>d</b><br><br>E <i>f</i></p><p>G <b>h</b></p>'));

describe('formatting that is lost', () => {
  it('is not told where all of it was kept', async () => {
    const status = await runWith({ 1: '<1>b</1> a', 2: 'c <1>d</1>', 3: 'e <1>f</1>', 4: 'g <1>h</1>' });
    expect(status).toMatchObject({ finished: 4, plainBlocks: 0 });
    expect(viewOf(status, words).note).toBe('');
  });

  it('is told by the number of blocks', async () => {
    const one = await runWith({ 1: 'a b', 2: 'c <1>d</1>', 3: 'e <1>f</1>', 4: 'g <1>h</1>' });
    expect(one).toMatchObject({ finished: 4, plainBlocks: 1, troubles: [] });
    expect(viewOf(one, words).note).toBe('The formatting of one block could not be kept.');
    const two = await runWith({ 1: 'a b', 2: 'c <2>d</2>', 3: 'e f', 4: 'g <1>h</1>' });
    expect(viewOf(two, words).note).toBe('The formatting of 2 blocks could not be kept.');
  });

  it('gives way to worse news', async () => {
    const status = await runWith({ 1: 'a b', 2: '', 3: 'e f', 4: 'g' });
    const troubles = [{ code: 'network' as const, message: '', title: 'No way.' }];
    expect(viewOf({ ...status, troubles }, words).note).toBe('No way.');
    expect(viewOf(status, { ...words, wasTruncated: true }).note).toMatch(/too long/);
  });
});

describe('words that say their language', () => {
  it('say the new one while the translation stands, where they are translated', () => {
    setPage(
      '<p>Say <i lang="de">Feierabend</i> or <bdo dir="rtl">now</bdo> or <b>soon</b> or <code lang="de">ab</code></p>',
    );
    const before = document.body.outerHTML;
    const [item] = collectAll().map((segment) => createItem(segment, createBlocks()));
    if (!item) throw new Error('a block was to be found');
    const attributes = () =>
      ['i', 'bdo', 'b', 'code'].map((css) => {
        const element = document.querySelector(css);
        return `${element?.getAttribute('lang')} ${element?.getAttribute('dir')}`;
      });
    item.writer.feed('Di <1>fin</1> o <2>ya</2> o <3>pronto</3> o <4/>');
    item.writer.end(true);
    item.state = 'done';
    showItem(item, { tag: 'es', dir: 'ltr', name: 'Spanish' });
    expect(attributes()).toEqual(['es null', 'null ltr', 'null null', 'de null']);
    putBack(item);
    expect(document.body.outerHTML).toBe(before);
    item.state = 'failed';
    showItem(item, { tag: 'es', dir: 'ltr', name: 'Spanish' });
    expect(attributes()[0]).toBe('de null');
  });
});

describe('the rest of an original', () => {
  it('is kept where the style sheet reaches that dims it, and nowhere else', async () => {
    const highlights = new Map<string, Set<Range>>();
    Object.assign(window, { Highlight: Set, CSS: { highlights } });
    setPage('<p>Hello <b>big</b> world</p><div id="host"></div>');
    const tree = document.querySelector('#host')?.attachShadow({ mode: 'open' });
    const inside = document.createElement('p');
    inside.append('Hello there');
    tree?.append(inside);
    const blocks = createBlocks();
    const [light, shadow] = collectAll().map((segment) => createItem(segment, blocks));
    for (const item of [light, shadow]) {
      if (!item) throw new Error('two blocks were to be found');
      item.state = 'streaming';
      item.writer.feed('Ho');
      showItem(item, undefined);
    }
    expect(document.querySelector('p')?.textContent).toBe('Hollo big world');
    expect([...(highlights.get('runnel-gap') ?? [])].map(String)).toEqual(['llo']);
    expect(highlights.get('runnel-rest')?.size).toBe(3);
    expect(inside.textContent).toBe('Ho');
    Reflect.deleteProperty(window, 'Highlight');
    Reflect.deleteProperty(window, 'CSS');
  });
});
