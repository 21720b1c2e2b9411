// What the control shows for a run's status.
import type { Trouble } from '../engine/errors.ts';
import type { Action, ControlView } from './control.ts';
import type { RunStatus } from './run-types.ts';

export function viewOf(status: RunStatus, note: string): ControlView {
  const { isRunning, finished, total, language } = status;
  const isWhole = finished === total;
  const count = `${finished} of ${total}`;
  const state = isRunning || isWhole ? count : `Not finished, ${count}`;
  return {
    progress: language ? `${state} · ${language.name}` : state,
    note,
    actions: isRunning ? ['stop'] : actionsAfter(finished, isWhole),
    isSettled: !isRunning && note === '',
  };
}

/** One line on what went wrong and what helps; empty where all is well. */
export function noteFor(
  { trouble, isRunning, plainBlocks }: RunStatus,
  run: { isRetry: boolean; wasTruncated: boolean; describe: (trouble: Trouble) => string },
): string {
  if (isRunning) return '';
  // The right to send was given by the gesture that started the run, and is used up.
  if (trouble?.code === 'permission' && run.isRetry) return 'Press the shortcut again to go on.';
  if (trouble) return run.describe(trouble);
  if (run.wasTruncated) return 'The selection was too long. The first part was translated.';
  if (plainBlocks === 0) return '';
  const blocks = plainBlocks === 1 ? 'one block' : `${plainBlocks} blocks`;
  return `The formatting of ${blocks} could not be kept.`;
}

/** The status line answers the press; the next change of the run takes its place. */
export function afterCopy(status: RunStatus, isCopied: boolean): ControlView {
  const view = viewOf(status, isCopied ? '' : 'This page does not allow copying.');
  return isCopied ? { ...view, progress: 'Copied' } : view;
}

function actionsAfter(finished: number, isWhole: boolean): Action[] {
  const actions: Action[] = isWhole ? [] : ['retry'];
  actions.push('restore');
  if (finished > 0) actions.push('copy');
  actions.push('close');
  return actions;
}
