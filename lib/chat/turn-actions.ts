// What can be done with one turn on screen.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { BUSY, type Trouble, toTrouble } from '../engine/errors.ts';
import { type Attachments, attachmentsOf } from '../protocol/attachments.ts';
import type { Request } from '../protocol/contract.ts';
import { say } from '../words/say.ts';
import type { ChatDeps } from './deps.ts';
import { Editing } from './editing.ts';
import { askAgain, askOnce } from './questions.ts';
import { Removal } from './removal.ts';
import type { TurnList } from './turn-list.ts';

interface TurnActionsDeps extends Pick<ChatDeps, 'connect' | 'copyText'> {
  list: TurnList;
  /** Something is being answered: nothing else is asked meanwhile. */
  busy: ReadonlySignal<boolean>;
  /** Trouble that belongs to no turn. */
  trouble: Signal<Trouble | null>;
  /** A line that is no trouble. */
  note: Signal<string>;
  /** Whether no worker takes this text; then the note says so. */
  isTooLong(text: string): boolean;
  /** Asks `text` in the conversation on screen, behind the turn `parentId`. */
  begin(parentId: string | null, text: string, attached?: Attachments): void;
  /** Reads the conversation on screen again. */
  reload(): Promise<void>;
  /** Says it to screen readers. */
  announce(words: string): void;
}

export type StepDirection = 'previous' | 'next';

/** A step to another version: where the focus belongs when that is on screen. */
export interface Step {
  turnId: string;
  direction: StepDirection;
}

export class TurnActions {
  /** A question that is being written anew. */
  readonly editing: Editing;
  /** A message that can still be brought back. */
  readonly removal: Removal;
  /** The last step to another version; a view takes it when that is on screen. */
  readonly stepped: Signal<Step | null> = signal(null);
  private readonly deps: TurnActionsDeps;

  constructor(deps: TurnActionsDeps) {
    this.deps = deps;
    const { list } = deps;
    this.editing = new Editing({
      find: (turnId) => list.find(turnId),
      refuse: (text) => this.refuses() || deps.isTooLong(text),
      ask: (turn, text) => this.begin(turn.id, text),
    });
    this.removal = new Removal({ remove: (turnId) => this.removeNow(turnId) });
  }

  /** Asks the same question again beside the answer that is there. */
  regenerate(turnId: string): void {
    const turn = this.deps.list.find(turnId);
    if (turn?.kind === 'chat' && !turn.isDamaged && !this.refuses()) this.begin(turnId, turn.userText);
  }

  /** Goes on with an answer that broke, from where it ends. */
  goOn(turnId: string): void {
    if (this.refuses()) return;
    this.removal.commit();
    this.deps.list.goOn(turnId);
  }

  /** Leaves a partial answer as it is. */
  keep(turnId: string): void {
    askOnce<'keep'>(this.deps.connect, { type: 'keep', turnId }).catch((error: unknown) => {
      this.deps.trouble.value = toTrouble(error);
    });
  }

  /** Shows the version before or after this one, with what followed it. */
  step(turnId: string, direction: StepDirection): void {
    const target = this.deps.list.versions.find(turnId)?.[direction];
    if (target === undefined || this.refuses()) return;
    this.removal.commit();
    this.stepped.value = { turnId: target, direction };
    this.change({ type: 'select-turn', turnId: target });
  }

  /** The version that was asked for is on screen. */
  arrived(turnId: string): void {
    const place = this.deps.list.versions.find(turnId);
    if (place) this.deps.announce(say('versionHeard', place.number, place.count));
    this.stepped.value = null;
  }

  /** Takes question and answer off the screen; for some seconds that can be undone. */
  remove(turnId: string): void {
    if (!this.deps.list.find(turnId) || this.refuses()) return;
    this.editing.cancel();
    this.removal.begin(turnId);
    this.deps.announce(say('deletedHeard'));
  }

  /** Puts the answer's text, as the model wrote it, on the clipboard; says and resolves whether that worked. */
  copy(turnId: string): Promise<boolean> {
    return this.copyText(this.deps.list.find(turnId)?.reply.text.text ?? '');
  }

  /** The same without the marks of Markdown. */
  async copyPlain(turnId: string): Promise<boolean> {
    const { plainText } = await import('../render/plain-text.ts');
    return this.copyText(plainText(this.deps.list.find(turnId)?.reply.text.text ?? ''));
  }

  copyQuestion(turnId: string): Promise<boolean> {
    return this.copyText(this.deps.list.find(turnId)?.userText ?? '');
  }

  private async copyText(text: string): Promise<boolean> {
    const isCopied = await this.deps.copyText(text).then(
      () => true,
      () => false,
    );
    this.deps.announce(say(isCopied ? 'copiedHeard' : 'copyRefused'));
    return isCopied;
  }

  /** Whether nothing can be done to the conversation now; then the note says why. */
  private refuses(): boolean {
    const isBusy = this.deps.busy.peek();
    this.deps.note.value = isBusy ? say('busyNote') : '';
    return isBusy;
  }

  private begin(turnId: string, text: string): void {
    this.removal.commit();
    // Found only now: what was deleted before it is gone, and it has moved up.
    const turn = this.deps.list.find(turnId);
    if (turn) this.deps.begin(turn.parentId, text, attachmentsOf(turn));
  }

  private removeNow(turnId: string): void {
    this.deps.list.drop(turnId);
    this.change({ type: 'delete-turn', turnId });
  }

  /** A notice follows, and with it the conversation as it is then. */
  private change(request: Extract<Request, { type: 'select-turn' | 'delete-turn' }>): void {
    askAgain<'select-turn' | 'delete-turn'>(this.deps.connect, request).catch(async (error: unknown) => {
      this.stepped.value = null;
      // What is read again takes old trouble away.
      await this.deps.reload();
      const trouble = toTrouble(error);
      if (trouble.message === BUSY) this.deps.note.value = say('busyNote');
      else this.deps.trouble.value = trouble;
    });
  }
}
