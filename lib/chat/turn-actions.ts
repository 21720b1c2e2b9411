// What can be done with one turn on screen.
import type { ReadonlySignal, Signal } from '@preact/signals';
import { type Trouble, toTrouble } from '../engine/errors.ts';
import { type Attachments, attachmentsOf } from '../protocol/attachments.ts';
import type { ChatDeps } from './deps.ts';
import { askOnce } from './questions.ts';
import type { TurnList } from './turn-list.ts';

interface TurnActionsDeps extends Pick<ChatDeps, 'connect' | 'copyText'> {
  list: TurnList;
  /** Something is being answered: nothing else is asked meanwhile. */
  busy: ReadonlySignal<boolean>;
  /** Trouble that belongs to no turn. */
  trouble: Signal<Trouble | null>;
  /** Asks `text` in the conversation on screen, behind the turn `parentId`. */
  begin(parentId: string | null, text: string, attached?: Attachments): void;
  /** Says it to screen readers. */
  announce(words: string): void;
}

export class TurnActions {
  private readonly deps: TurnActionsDeps;

  constructor(deps: TurnActionsDeps) {
    this.deps = deps;
  }

  /** Asks the same question again in place of the answer that is there. */
  regenerate(turnId: string): void {
    const { list, busy, begin } = this.deps;
    const turn = list.find(turnId);
    if (turn && !busy.value && turn.kind === 'chat') begin(turn.parentId, turn.userText, attachmentsOf(turn));
  }

  /** Goes on with an answer that broke, from where it ends. */
  goOn(turnId: string): void {
    if (!this.deps.busy.value) this.deps.list.goOn(turnId);
  }

  /** Leaves a partial answer as it is. */
  keep(turnId: string): void {
    askOnce<'keep'>(this.deps.connect, { type: 'keep', turnId }).catch((error: unknown) => {
      this.deps.trouble.value = toTrouble(error);
    });
  }

  /** Puts the answer's text, as the model wrote it, on the clipboard; says and resolves whether that worked. */
  async copy(turnId: string): Promise<boolean> {
    const text = this.deps.list.find(turnId)?.reply.text.text ?? '';
    const isCopied = await this.deps.copyText(text).then(
      () => true,
      () => false,
    );
    this.deps.announce(isCopied ? 'Copied.' : 'The browser refused to copy.');
    return isCopied;
  }
}
