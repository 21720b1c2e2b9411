import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TroubleCard } from '../../components/chat/TroubleCard.tsx';

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

const noop = () => {};

/** Shows a card whose details are opened; what the worker keeps of the stream is `capture`. */
async function openDetails(findCapture?: () => Promise<string | null>): Promise<HTMLDetailsElement> {
  const trouble = { code: 'interrupted', message: 'cut' } as const;
  render(
    <TroubleCard
      trouble={trouble}
      host="api.test"
      openOptions={noop}
      newChat={noop}
      chooseModel={noop}
      findCapture={findCapture}
    />,
    root,
  );
  const details = root.querySelector('details');
  if (!details) throw new Error('no details');
  await toggle(details, true);
  return details;
}

async function toggle(details: HTMLDetailsElement, open: boolean): Promise<void> {
  await act(async () => {
    details.open = open;
    details.dispatchEvent(new Event('toggle'));
  });
}

const button = () =>
  [...root.querySelectorAll('button')].find((one) => one.textContent === 'Save this stream');

test('the stream is asked for when the details are opened, not before', async () => {
  const find = vi.fn(async () => ': stream\n');
  const details = await openDetails(find);
  expect(find).toHaveBeenCalled();
  expect(button()).toBeDefined();
  await toggle(details, false);
  expect(button()).toBeUndefined();
});

test('without a stream nothing is offered', async () => {
  await openDetails(async () => null);
  expect(button()).toBeUndefined();
  render(null, root);
  await openDetails();
  expect(button()).toBeUndefined();
});

test('the button saves the stream as a file named by its trouble', async () => {
  const saved: { name: string; blob: Blob | undefined }[] = [];
  let blob: Blob | undefined;
  vi.stubGlobal('URL', {
    createObjectURL: (given: Blob) => {
      blob = given;
      return 'blob:x';
    },
    revokeObjectURL: noop,
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, blob });
  });
  await openDetails(async () => 'data: {}\n\n');
  button()?.click();
  click.mockRestore();
  expect(saved.map(({ name }) => name)).toEqual(['runnel-stream-interrupted.sse']);
  expect(blob?.size).toBe(10);
});

test('“Choose model” asks for the list of models, not for the settings', async () => {
  const trouble = { code: 'model-not-found', message: '' } as const;
  const choose = vi.fn();
  const openOptions = vi.fn();
  render(
    <TroubleCard
      trouble={trouble}
      host="api.test"
      openOptions={openOptions}
      newChat={noop}
      chooseModel={choose}
    />,
    root,
  );
  [...root.querySelectorAll('button')].find((one) => one.textContent === 'Choose model')?.click();
  expect(choose).toHaveBeenCalledOnce();
  expect(openOptions).not.toHaveBeenCalled();
});
