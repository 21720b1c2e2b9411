// Blocks that are in the language already.
import { afterEach, expect, it, vi } from 'vitest';
import {
  createWorker,
  done,
  finished,
  note,
  offered,
  restoreAll,
  select,
  setPage,
  shows,
  spanish,
  start,
  state,
  text,
} from './page-worker.ts';

afterEach(restoreAll);

const kept = (id: number) => ({ type: 'segment', id, state: 'done', isKept: true }) as const;

it('stay as they are, and the control says so', async () => {
  setPage('<p id="a">One text of the page.</p><p id="b">El segundo texto.</p>');
  const worker = createWorker();
  const translator = start(worker);
  select('#a', '#b');
  translator.translate();
  const job = await worker.next(0);
  job.send(spanish, kept(2), text(1, 'Un texto.'), done(1));
  job.end(finished);
  await shows('#a', 'Un texto.');
  expect(state('#b')).toBeNull();
  await vi.waitFor(() => expect(note(translator)).toBe('1 of 2 was already in Spanish.'));
  translator.restore();
  expect(document.body.textContent).toBe('One text of the page.El segundo texto.');
});

it('where all are: nothing to take back, nothing to copy', async () => {
  setPage('<p id="a">El primer texto.</p>');
  const worker = createWorker();
  const translator = start(worker);
  select('#a');
  translator.translate();
  const job = await worker.next(0);
  job.send(spanish, kept(1));
  job.end(finished);
  await vi.waitFor(() => expect(note(translator)).toBe('This is already in Spanish.'));
  expect(offered(translator)).toEqual(['close']);
  expect(state('#a')).toBeNull();
});
