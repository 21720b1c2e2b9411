// What the control shows for a run's status.
import type { Trouble } from '../engine/errors.ts';
import type { Action, ControlView } from './control.ts';
import type { Replaced } from './field.ts';
import type { RunStatus } from './run-types.ts';

/** How a translation stands beside its run. */
export interface Standing {
  /** Where the text goes: into the page, a box beside the selection, or a field of the page. */
  shown: 'in-place' | 'bubble' | 'field';
  /** The page threw away what was written; `boxed`: the reader has it in a box instead. */
  lost: 'told' | 'boxed' | undefined;
  /** The originals are shown for now. */
  isSwitched: boolean;
  /** Undefined until the text of a field was tried to be replaced. */
  replaced: Replaced | undefined;
  isRetry: boolean;
  wasTruncated: boolean;
  describe: (trouble: Trouble) => string;
}

export function viewOf(status: RunStatus, standing: Standing): ControlView {
  const { isRunning, finished, total, language } = status;
  const isWhole = finished === total;
  const count = `${finished} of ${total}`;
  const state = isRunning || isWhole ? count : `Not finished, ${count}`;
  const named = language ? ` · ${language.name}` : '';
  const note = noteFor(status, standing);
  return {
    progress: state + named,
    said: isRunning ? 'Translating' : isWhole ? `Translated${named}` : state,
    note,
    actions: isRunning
      ? [...(standing.lost === 'told' ? (['here'] as const) : []), 'stop']
      : actionsAfter(status, standing),
    isSwitched: standing.isSwitched,
    isSettled: !isRunning && note === '',
  };
}

/** The status line answers the press; the next change of the run takes its place. */
export function afterCopy(view: ControlView, isCopied: boolean): ControlView {
  return isCopied
    ? { ...view, progress: 'Copied', said: 'Copied' }
    : { ...view, note: 'This page does not allow copying.', isSettled: false };
}

const NOT_REPLACED: Record<Exclude<Replaced, 'replaced'>, string> = {
  changed: 'The text has changed meanwhile. Copy the translation instead.',
  full: 'The field has no room for the translation.',
  refused: 'This field takes no text from outside. Copy the translation instead.',
};

/** One line on what went wrong and what helps; empty where all is well. */
function noteFor(status: RunStatus, standing: Standing): string {
  const { trouble, isRunning, plainBlocks } = status;
  if (standing.lost === 'told') return 'This page has replaced the translated text.';
  if (isRunning) return '';
  // The right to send was given by the gesture that started the run, and is used up.
  if (trouble?.code === 'permission' && standing.isRetry) return 'Press the shortcut again to go on.';
  if (trouble) return standing.describe(trouble);
  if (status.kept > 0) return keptWords(status);
  const { replaced } = standing;
  if (replaced && replaced !== 'replaced') return NOT_REPLACED[replaced];
  if (standing.wasTruncated) return 'The selection was too long. The first part was translated.';
  // A box shows text only, and says so by its looks.
  if (plainBlocks === 0 || standing.shown !== 'in-place') return '';
  const blocks = plainBlocks === 1 ? 'one block' : `${plainBlocks} blocks`;
  return `The formatting of ${blocks} could not be kept.`;
}

function actionsAfter({ finished, kept, total }: RunStatus, standing: Standing): Action[] {
  const { shown, lost, isSwitched, replaced } = standing;
  if (isSwitched) return ['switch', 'restore', 'close'];
  if (kept === total) return ['close'];
  const isWhole = finished === total;
  const written = finished - kept;
  const actions: Action[] = isWhole ? [] : ['retry'];
  if (lost === 'told') actions.push('here');
  if (shown === 'field' && isWhole && replaced === undefined) actions.push('replace');
  if (shown === 'in-place' && written > 0 && !lost) actions.push('switch');
  if (shown === 'in-place' || replaced === 'replaced') actions.push('restore');
  if (written > 0) actions.push('copy', 'copy-both');
  actions.push('close');
  return actions;
}

function keptWords({ kept, total, language }: RunStatus): string {
  const already = `already in ${language?.name ?? 'this language'}`;
  return kept === total
    ? `This is ${already}.`
    : `${kept} of ${total} ${kept === 1 ? 'was' : 'were'} ${already}.`;
}
