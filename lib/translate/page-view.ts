// What the control shows for a run's status.
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
