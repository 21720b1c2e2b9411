// Saves a growing turn now and then, so that a death of the worker costs at most a moment of the answer.
import type { Turn } from '../protocol/contract.ts';
import { weightOf } from './shown-attachments.ts';

/** With the time that the write itself takes, less than 300 ms of an answer are ever unwritten. */
const PACE = { everyMs: 200, everyLength: 2048 };
/** A question with images is written again with every save: five times a second would be too much for a disk. */
const PACE_OF_HEAVY = { everyMs: 1000, everyLength: 16_384 };
/** Characters of images and texts from which on a turn is heavy. */
const HEAVY = 200_000;

export interface Saver {
  /** The turn has grown. */
  grew(): void;
  /** Something changed that must not be lost. */
  saveNow(): Promise<void>;
  /** Saves for the last time; resolves when it is on disk. */
  finish(): Promise<void>;
}

/** `onTrouble` hears of a save that failed in between; the stream goes on, and `finish` tells whether the end was stored. */
export function createSaver(
  turn: Turn,
  save: (turn: Turn) => Promise<void>,
  onTrouble: (error: unknown) => void,
): Saver {
  const { everyMs, everyLength } = weightOf(turn) > HEAVY ? PACE_OF_HEAVY : PACE;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let savedLength = 0;
  /** The write that is under way, and the one that follows it: a long turn must not be written faster than the disk takes it. */
  let writing: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  function write(): Promise<void> {
    savedLength = length(turn);
    const mine = save(turn).finally(() => {
      if (writing === mine) writing = undefined;
    });
    writing = mine;
    return mine;
  }
  function saveNow(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!writing) return write();
    following ??= writing
      .catch(() => {})
      .then(() => {
        following = undefined;
        return write();
      });
    return following;
  }
  return {
    grew() {
      // The first words at once: a turn that dies without any cannot be gone on with.
      const isFirst = savedLength === 0 && length(turn) > 0;
      if (isFirst || length(turn) - savedLength >= everyLength) saveNow().catch(onTrouble);
      else timer ??= setTimeout(() => saveNow().catch(onTrouble), everyMs);
    },
    saveNow: () => saveNow().catch(onTrouble),
    finish: saveNow,
  };
}

function length({ reply }: Turn): number {
  return reply.text.length + reply.reasoning.length;
}
