// What the control shows for a run's status.
import type { Show } from '../protocol/page.ts';
import { say, sayCount } from '../words/say.ts';
import type { ControlView } from './control.ts';
import type { Action } from './control-parts.ts';
import type { RunStatus } from './run-status.ts';
import type { TranslationParts } from './translation-types.ts';

/** How a translation stands beside its run. */
export interface Standing {
  /** Where the text goes: into the page or below it, a box beside the selection, or a field of the page. */
  shown: Show | 'field';
  /** There are other ways to show it. */
  hasWays: boolean;
  /** The page threw away what was written; `boxed`: the reader has it in a box instead. */
  lost: 'told' | 'boxed' | undefined;
  /** The originals are shown for now. */
  isSwitched: boolean;
  /** Empty where the text of a field was replaced, why not where it was not; undefined until it was tried. */
  replaced: string | undefined;
  isRetry: boolean;
  wasTruncated: boolean;
}

export function standingOf(shown: Standing['shown'], parts: TranslationParts): Standing {
  return {
    shown,
    hasWays: parts.findWay !== undefined,
    wasTruncated: parts.wasTruncated,
    lost: undefined,
    isSwitched: false,
    isRetry: false,
    replaced: undefined,
  };
}

export function isInPage({ shown }: Standing): boolean {
  return shown === 'in-place' || shown === 'below';
}

/** The text stands in the box beside the selection. */
export function isBoxOpen({ shown, lost, replaced }: Standing): boolean {
  return lost === 'boxed' || shown === 'bubble' || (shown === 'field' && replaced !== '');
}

export function viewOf(status: RunStatus, standing: Standing): ControlView {
  const { isRunning, finished, total, language, chosen, choices, estimate } = status;
  const { shown, isSwitched, lost } = standing;
  const isWhole = finished === total;
  const state =
    isRunning || isWhole
      ? say('progress', finished, total)
      : estimate
        ? say('longText')
        : say('notFinished', finished, total);
  const note = noteFor(status, standing);
  return {
    progress: state,
    said: isRunning ? say('translating') : isWhole ? say('translated', language?.name ?? '') : state,
    note,
    actions: isRunning
      ? [...(lost === 'told' ? (['here'] as const) : []), 'stop']
      : actionsAfter(status, standing),
    language: chosen ?? language?.tag ?? '',
    choices: isSwitched ? [] : choices,
    show: shown !== 'field' && hasOtherWays(status, standing) ? shown : undefined,
    isSwitched,
    isSettled: !isRunning && note === '',
  };
}

function hasOtherWays(
  { kept, total, estimate }: RunStatus,
  { hasWays, isSwitched, lost }: Standing,
): boolean {
  return hasWays && !isSwitched && !lost && !estimate && kept < total;
}

/** The status line answers the press; the next change of the run takes its place. */
export function afterCopy(view: ControlView, isCopied: boolean): ControlView {
  const copied = say('copied');
  return isCopied
    ? { ...view, progress: copied, said: copied }
    : { ...view, note: say('copyingRefused'), isSettled: false };
}

/** One line on what went wrong and what helps; empty where all is well. */
function noteFor(status: RunStatus, standing: Standing): string {
  const { troubles, isRunning, plainBlocks, estimate, kept } = status;
  const { lost, isRetry, replaced, wasTruncated, shown } = standing;
  if (lost === 'told') return say('pageReplaced');
  if (isRunning) return '';
  if (estimate) return say('nothingSent', estimate);
  // The right to send was given by the gesture that started the run, and is used up.
  if (isRetry && troubles.some(({ code }) => code === 'permission')) return say('pressAgain');
  // Once for all blocks with the same cause.
  if (troubles.length > 0) return troubles.map(({ title }) => title).join(' ');
  if (kept > 0) return keptWords(status);
  if (replaced) return replaced;
  if (wasTruncated) return say('selectionTooLong');
  // A box shows text only, and says so by its looks.
  if (plainBlocks === 0 || shown === 'bubble' || shown === 'field') return '';
  return sayCount('plainBlocks', plainBlocks);
}

function actionsAfter(status: RunStatus, standing: Standing): Action[] {
  const { finished, kept, total, partial, estimate } = status;
  const { shown, lost, isSwitched, replaced } = standing;
  if (estimate) return ['confirm', 'close'];
  if (isSwitched) return ['switch', 'restore', 'close'];
  if (kept === total) return ['close'];
  const isWhole = finished === total;
  const inPage = isInPage(standing);
  const written = finished - kept + partial;
  const actions: Action[] = isWhole ? [] : [partial > 0 ? 'continue' : 'retry'];
  if (lost === 'told') actions.push('here');
  if (shown === 'field' && isWhole && replaced === undefined) actions.push('replace');
  if (inPage && written > 0 && !lost) actions.push('switch');
  if (inPage || replaced === '') actions.push('restore');
  if (written > 0) actions.push('copy', 'copy-both');
  actions.push('close');
  return actions;
}

function keptWords({ kept, total, language }: RunStatus): string {
  const name = language?.name ?? say('thisLanguage');
  return kept === total ? say('alreadyIn', name) : sayCount('someAlreadyIn', kept, total, name);
}
