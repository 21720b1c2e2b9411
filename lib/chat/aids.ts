// What helps with writing a question: prompts, one's own questions, adding things. Loaded when the first of it is wanted.

import { say } from '../words/say.ts';
import type { Attached } from './attached.ts';
import { type AttachingDeps, addFiles, addPage, addSelection } from './attaching.ts';
import { isComposing, type RecallKey, recallDirection } from './box-keys.ts';
import type { ComposingDeps } from './composing.ts';
import { Prompting, type PromptingDeps } from './prompting.ts';
import { Recall } from './recall.ts';
import { seesImages } from './sight.ts';

export interface Aids {
  prompts: Prompting;
  /** What a key in the box does; false where it means nothing here. */
  press(key: RecallKey, box: Box): boolean;
  addFiles(files: readonly File[]): Promise<void>;
  addSelection(text: string): Promise<void>;
  addPage(tabId?: number): Promise<boolean>;
}

type Box = Pick<HTMLTextAreaElement, 'value' | 'selectionStart' | 'selectionEnd' | 'setSelectionRange'>;
type Boxed = Pick<PromptingDeps, 'caret' | 'addPage' | 'addSelection'> & { attached: Attached };

export function createAids(
  { connect, pages, panelTab, setup, asked, wait, note, text, turns }: ComposingDeps,
  boxed: Boxed,
): Aids {
  const settings = () => setup.peek()?.settings;
  const attaching: AttachingDeps = {
    attached: boxed.attached,
    pages,
    pageTokens: () => settings()?.pageTokens ?? 20_000,
    seesImages: () => seesImages(connect, asked.peek(), wait),
    model: () => asked.peek()?.model || say('theModel'),
    note,
  };
  const questions = () => turns.peek().flatMap(({ kind, userText }) => (kind === 'chat' ? [userText] : []));
  const prompts = new Prompting({
    ...boxed,
    text,
    setup,
    canReadPage: () => panelTab?.canRead.value ?? true,
  });
  const recall = new Recall(questions);
  return {
    prompts,
    press(key, box) {
      if (!isComposing(key) && !key.shiftKey && prompts.press(key.key)) return true;
      const direction = recallDirection(key, box);
      const recalled = direction && recall.step(direction, box.value);
      if (recalled === undefined) return false;
      text.value = recalled;
      // At the start, so that the next arrow goes on; at once, because a key that is held down does not wait for the next frame.
      box.value = recalled;
      box.setSelectionRange(0, 0);
      return true;
    },
    addFiles: (files) => addFiles(attaching, files),
    addSelection: (selected) => addSelection(attaching, selected),
    addPage: (tabId) => addPage(attaching, tabId),
  };
}
