// What people do: stop at every moment, click twice, type anything.
import { expect } from '@playwright/test';
import { chatRequests } from '../e2e/harness/fixtures.ts';
import { articles, button, expectState, fillOptions, lastReply, messageBox } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import { askWorker } from '../e2e/harness/wire.ts';
import type { Plan } from '../provider/plan.ts';
import { cutTokens } from '../provider/tokens.ts';
import type { Lab } from './harness/lab.ts';
import { row } from './harness/row.ts';
import { readScreen } from './harness/screen.ts';
import { drops } from './harness/text.ts';

/** Presses Stop as it stands there. Epoch ms of the click, and how long the view took to say that the answer has ended. */
async function stop(lab: Lab): Promise<{ at: number; shownAfter: number }> {
  return await lab.view.evaluate(async () => {
    const isLive = () =>
      /waiting|streaming|retrying|continuing/.test(
        [...document.querySelectorAll<HTMLElement>('[data-role=assistant]')].at(-1)?.dataset['state'] ??
          'waiting',
      );
    const clicked = performance.now();
    document.querySelector<HTMLElement>('button.send.stop')?.click();
    while (isLive()) {
      if (performance.now() - clicked > 5000) throw new Error('nothing says that it has stopped');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return { at: performance.timeOrigin + clicked, shownAfter: performance.now() - clicked };
  });
}

const moments: readonly { when: string; plan: Plan; wait: (lab: Lab) => Promise<unknown> }[] = [
  {
    when: '0 ms after the send',
    plan: { text: drops(60), rate: 60 },
    wait: (lab) => lab.view.locator('button.send.stop').waitFor(),
  },
  {
    when: '50 ms after the send',
    plan: { text: drops(60), rate: 60, firstTokenDelayMs: 1000 },
    wait: () => {
      const sent = Date.now();
      return until('50 ms', () => Date.now() - sent >= 50, { everyMs: 5 });
    },
  },
  {
    when: 'before the headers',
    plan: { headerDelayMs: 30_000 },
    wait: (lab) => lab.request(),
  },
  {
    when: 'at the first byte',
    plan: { text: drops(60), rate: 60 },
    wait: async (lab) => {
      const entry = await lab.request();
      await until('the first byte', () => entry.firstByteAt, { everyMs: 2 });
    },
  },
  {
    when: 'mid-stream',
    plan: { text: drops(120), rate: 60 },
    wait: async (lab) => {
      await lab.ends('streaming');
      await until('some text', async () => ((await readScreen(lab.view)).at(-1)?.text.length ?? 0) > 100);
    },
  },
  {
    when: 'at the last byte',
    plan: { text: drops(10), rate: 100, stallAfter: cutTokens(drops(10)).length },
    wait: async (lab) => {
      const entry = await lab.request();
      await until('the last token', () => entry.textSent === drops(10), { everyMs: 2 });
    },
  },
  {
    when: 'in a wait between two tries',
    plan: { status: 429, headers: { 'retry-after': '30' } },
    wait: (lab) => lab.ends('retrying'),
  },
];

for (const { when, plan, wait } of moments) {
  row({ id: 'U1', title: `Stop ${when}` }, async (lab) => {
    await lab.configure({ retries: 3, continuing: 'automatic' });
    lab.provider.plan(plan);
    await lab.ask('Count the drops');
    await wait(lab);
    const { at, shownAfter } = await stop(lab);
    lab.measured['stopToShown'] = shownAfter;
    expect(shownAfter).toBeLessThan(300);
    await until('nothing is under way', () =>
      chatRequests(lab.provider).every(({ closedAt }) => closedAt !== null),
    );
    // It may have been stopped before anything was asked.
    const asked = chatRequests(lab.provider);
    expect(asked.length).toBeLessThanOrEqual(1);
    const [entry] = asked;
    if (entry && plan.status === undefined) {
      expect(entry.aborted).toBe(true);
      const closedAfter = Math.max(0, Number(entry.closedAt) - at);
      lab.measured['stopToClose'] = closedAfter;
      expect(closedAfter).toBeLessThan(500);
    }
    await expect(lab.reply().getByText('Stopped')).toBeVisible();
    const shown = (await readScreen(lab.view)).at(-1)?.text ?? '';
    // A plan that was not used would answer the next message.
    if (asked.length === 0) lab.provider.reset();
    return {
      state: shown === '' ? 'failed' : 'partial',
      trouble: null,
      requests: asked.length,
      shown: 'beginning',
    };
  });
}

row({ id: 'U2', title: 'a double click, five times Enter, Enter held down' }, async (lab) => {
  lab.provider.planFor(({ method }) => method === 'POST', { text: 'Once.', firstTokenDelayMs: 300 });
  const { view } = lab;
  await messageBox(view).fill('first');
  await button(view, 'Send').dblclick();
  await lab.ends('done');
  await messageBox(view).fill('second');
  await messageBox(view).focus();
  for (let press = 0; press < 5; press += 1) await view.keyboard.press('Enter');
  await expect(articles(view)).toHaveCount(4);
  await lab.ends('done');
  await messageBox(view).fill('third');
  await messageBox(view).focus();
  // Without `up` in between Playwright repeats the key, as a keyboard does.
  for (let held = 0; held < 8; held += 1) await view.keyboard.down('Enter');
  await view.keyboard.up('Enter');
  await expect(articles(view)).toHaveCount(6);
  await lab.ends('done');
  return { state: 'done', trouble: null, requests: 3, shown: { text: 'Once.' } };
});

/** Puts text into the message box as pasting does, at once. Returns how long the view was busy with it, ms. */
async function paste(lab: Lab, text: string): Promise<number> {
  return await lab.view.evaluate(async (pasted) => {
    const box = document.querySelector('textarea');
    if (!box) throw new Error('no message box');
    const began = performance.now();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(box, pasted);
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    return performance.now() - began;
  }, text);
}

const inputs: readonly [what: string, text: string][] = [
  ['right to left with marks of direction', 'مرحبا \u202Eabc\u202C שלום \u200F!'],
  ['emoji joined with zero width', '👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 ｆ'],
  ['a NUL and control characters', 'a\u0000b\u0007c\u001Bd'],
  ['line breaks of all kinds inside', 'one\ntwo\u2028three\u0085four'],
  ['markup and script', '</script><img src=x onerror=alert(1)> $\u007Bx} %s \\u0000 "quotes"'],
  ['300 KB', 'A long question. '.repeat(18_000)],
];

for (const [what, text] of inputs) {
  row({ id: 'U5', title: `input: ${what}` }, async (lab) => {
    lab.provider.plan({ text: 'Understood.' });
    await paste(lab, text);
    await button(lab.view, 'Send').click();
    await lab.ends('done');
    const entry = await lab.request();
    const { messages } = entry.body as { messages: { content: string }[] };
    expect(messages.at(-1)?.content).toBe(text);
    return { state: 'done', trouble: null, requests: 1 };
  });
}

row(
  { id: 'U5', title: 'input: half a surrogate pair is sent as it is, or as its replacement' },
  async (lab) => {
    lab.provider.plan({ text: 'Understood.' });
    await paste(lab, 'a\uD800b');
    await button(lab.view, 'Send').click();
    await lab.ends('done');
    const { messages } = (await lab.request()).body as { messages: { content: string }[] };
    expect(['a\uD800b', 'a\uFFFDb']).toContain(messages.at(-1)?.content);
    return { state: 'done', trouble: null, requests: 1 };
  },
);

row({ id: 'U5', title: 'input: nothing, and nothing but white space' }, async (lab) => {
  for (const text of ['', ' ', '\n\n', '\u00A0\u2003\u3000', '\t']) {
    await messageBox(lab.view).fill(text);
    await messageBox(lab.view).press('Enter');
    await button(lab.view, 'Send').click({ force: true });
  }
  await expect(articles(lab.view)).toHaveCount(0);
  await messageBox(lab.view).fill('');
  return { state: null, trouble: null, requests: 0 };
});

row({ id: 'U5', title: 'input: 1 MB is refused with a reason, and not lost' }, async (lab) => {
  const text = 'Too long a question. '.repeat(50_000);
  lab.measured['pasteMegabyte'] = await paste(lab, text);
  await button(lab.view, 'Send').click();
  const isTold = await until('a reason', async () => {
    const told = await lab.view.locator('[role=alert], [data-part=note]').allInnerTexts();
    return told.some((words) => /too long|long for/i.test(words)) && told;
  });
  expect(isTold).toBeTruthy();
  expect(chatRequests(lab.provider)).toHaveLength(0);
  await expect(messageBox(lab.view)).toHaveValue(text);
  await messageBox(lab.view).fill('');
  return { state: null, trouble: null, requests: 0 };
});

row({ id: 'U6', title: 'the Enter that ends a composition sends nothing' }, async (lab) => {
  const { view } = lab;
  await messageBox(view).focus();
  const session = await view.context().newCDPSession(view);
  await session.send('Input.imeSetComposition', { text: 'かわ', selectionStart: 2, selectionEnd: 2 });
  await view.keyboard.press('Enter');
  await session.send('Input.insertText', { text: '川' });
  await expect(messageBox(view)).toHaveValue(/川/);
  await expect(articles(view)).toHaveCount(0);
  expect(chatRequests(lab.provider)).toHaveLength(0);
  lab.provider.plan({ text: 'Understood.' });
  await view.keyboard.press('Enter');
  await lab.ends('done');
  return { state: 'done', trouble: null, requests: 1 };
});

const badKeys: readonly [what: string, key: string][] = [
  ['a space inside', 'sk-one two'],
  ['quotation marks', '"sk-quoted"'],
  ['a letter that is not ASCII', 'sk-ké'],
  ['the word before it', 'Bearer sk-copied'],
];

row({ id: 'U7', title: 'keys that cannot be keys are refused before anything is asked' }, async (lab) => {
  // Before the page opens, which asks for the models with the key that is stored.
  await askWorker<'remove-key'>(lab.view, { type: 'remove-key', origin: lab.provider.origin });
  lab.provider.journal.length = 0;
  const options = await lab.runnel.openTab('options.html');
  for (const [what, key] of badKeys) {
    await fillOptions(options, { baseUrl: lab.provider.url, key, model: 'scripted-small' });
    await expect(options.getByRole('alert').filter({ hasText: /key|word/i }), what).toBeVisible();
    const { hasKey } = await readKey(lab, options);
    expect(hasKey, what).toBe(false);
  }
  expect(JSON.stringify(lab.provider.journal)).not.toMatch(/sk-/);
  // White space around a key is a matter of copying.
  await fillOptions(options, {
    baseUrl: lab.provider.url,
    key: '  sk-canary-5f0b1c2d9e8a7746\n',
    model: 'scripted-small',
  });
  await until('the key is stored', async () => (await readKey(lab, options)).hasKey);
  await options.close();
  await lab.view.bringToFront();
  return { state: null, trouble: null, requests: 0 };
});

async function readKey(lab: Lab, options: Lab['view']): Promise<{ hasKey: boolean }> {
  const { origin } = lab.provider;
  const answer = await askWorker<'has-key'>(options, { type: 'has-key', origin });
  return { hasKey: JSON.stringify(answer).includes('true') };
}

row({ id: 'U7', title: 'a stored key is removed: the next message says so and is not sent' }, async (lab) => {
  const options = await lab.runnel.openTab('options.html');
  const { settings } = await askWorker<'settings'>(options, { type: 'settings' });
  await askWorker<'save-settings'>(options, {
    type: 'save-settings',
    settings: { ...settings, preset: 'openai' },
  }).catch(() => {});
  await askWorker<'remove-key'>(options, { type: 'remove-key', origin: lab.provider.origin });
  await options.close();
  await lab.view.bringToFront();
  const opening = lab.runnel.context.waitForEvent('page', { timeout: 8000 }).catch(() => undefined);
  await lab.ask('Hello?');
  const opened = await opening;
  // Without a usable provider a message leads to the settings, and waits in the box.
  expect(opened !== undefined || (await lab.view.locator('[data-code=no-key]').count()) > 0).toBe(true);
  await opened?.close();
  expect(chatRequests(lab.provider)).toHaveLength(0);
  await lab.configure({});
  await messageBox(lab.view).fill('');
  const isThere = (await articles(lab.view).count()) > 0;
  return {
    state: isThere ? 'failed' : null,
    trouble: isThere ? { code: 'no-key', action: null } : null,
    requests: 0,
  };
});

row(
  { id: 'U8', title: 'Retry after a partial makes a new answer beside it; the old one is kept' },
  async (lab) => {
    const { view, provider } = lab;
    provider.plan([{ text: drops(40), eofAfter: 40 }, { text: 'Another answer.' }]);
    await lab.ask('Count the drops');
    await lab.ends('partial');
    await button(view, 'Retry').click();
    await lab.ends('done');
    const stored = await readTurns(lab);
    const [first, second] = stored;
    expect(stored).toHaveLength(2);
    expect(first).toMatchObject({ state: 'partial', userText: 'Count the drops' });
    expect(provider.journal.find(({ path }) => path.endsWith('completions'))?.textSent).toBe(
      first?.reply.text,
    );
    expect(second).toMatchObject({ state: 'done', parentId: first?.parentId });
    return { state: 'done', trouble: null, requests: 2, repeats: 1, shown: { text: 'Another answer.' } };
  },
);

row(
  { id: 'U8', title: 'Continue after a partial goes on in the same answer; what was there stays' },
  async (lab) => {
    const { view, provider } = lab;
    provider.plan([{ text: drops(40), eofAfter: 40 }]);
    await lab.ask('Count the drops');
    await lab.ends('partial');
    provider.planFor(({ method }) => method === 'POST', { text: drops(40), resume: true });
    await button(view, 'Continue').click();
    await lab.ends('done');
    const [first, ...others] = await readTurns(lab);
    expect(others).toEqual([]);
    expect(first?.reply.text).toBe(drops(40));
    return { state: 'done', trouble: null, requests: 2 };
  },
);

interface StoredTurn {
  userText: string;
  state: string;
  parentId: string | null;
  createdAt: number;
  reply: { text: string };
}

/** The turns of this row as they are stored, oldest first. */
async function readTurns(lab: Lab): Promise<StoredTurn[]> {
  const since = Math.min(...chatRequests(lab.provider).map(({ startedAt }) => startedAt)) - 5000;
  const rows = await lab.view.evaluate(async () => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
    const opening = indexedDB.open('runnel');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction('turns').objectStore('turns').getAll();
      all.onsuccess = () => {
        opening.result.close();
        resolve(all.result);
      };
    };
    return await promise;
  });
  const turns = rows as StoredTurn[];
  const own = turns.filter(({ createdAt, userText }) => createdAt >= since && userText === 'Count the drops');
  return own.toSorted((a, b) => a.createdAt - b.createdAt);
}

row({ id: 'Ux1', title: 'Keep leaves a partial answer as it is' }, async (lab) => {
  lab.provider.plan({ text: drops(40), eofAfter: 40 });
  await lab.ask('Count the drops');
  await lab.ends('partial');
  await button(lab.view, 'Keep').click();
  await expect(lab.reply().locator('[role=alert]')).toHaveCount(0);
  await expectState(lastReply(lab.view), 'partial');
  return { state: 'partial', trouble: null, requests: 1 };
});
