// One gesture's translation as its reader has it: the run, the control, and where the text is shown.
import type { BlockElement } from './collect.ts';
import { type Action, type Control, createControl } from './control.ts';
import { copyText } from './copy.ts';
import { afterCopy, type Standing, viewOf } from './page-view.ts';
import { pairsOf, translationsOf } from './pairs.ts';
import { placeControl } from './place.ts';
import { createRun } from './run.ts';
import type { Run, RunStatus } from './run-types.ts';
import { type Hidden, hideItems, showItems } from './toggle.ts';
import type { Surroundings, TranslationParts } from './translation-types.ts';
import { type Watch, watchWritten } from './watch.ts';

export class Translation {
  readonly run: Run;
  control: Control | undefined;
  private readonly parts: TranslationParts;
  private readonly around: Surroundings;
  private readonly standing: Standing;
  private watch: Watch | undefined;
  private hidden: { items: Hidden[]; status: RunStatus } | undefined;

  constructor(parts: TranslationParts, around: Surroundings) {
    this.parts = parts;
    this.around = around;
    const { connect, window, describe } = around.options;
    const { shown, wasTruncated, segments, blocks } = parts;
    this.standing = {
      shown,
      wasTruncated,
      describe,
      lost: undefined,
      isSwitched: false,
      isRetry: false,
      replaced: undefined,
    };
    this.run = createRun({
      connect,
      view: window,
      blocks,
      segments,
      onStatus: () => this.show(),
      onWrite: () => {
        if (this.isBoxOpen) this.writeBubble();
      },
    });
  }

  /** What the control stands beside: the field, or the last block. */
  get beside(): BlockElement | undefined {
    return this.parts.field?.element ?? this.parts.segments.at(-1)?.block;
  }

  start(): void {
    if (!this.control) this.openControl();
    this.run.start();
    if (this.standing.shown === 'in-place') this.watchPage();
  }

  /** Asks again for what is not whole; false where nothing is missing. */
  retry(): boolean {
    const { isRunning, finished, total } = this.status;
    if (isRunning || finished === total) return false;
    if (this.hidden) this.switch();
    this.standing.isRetry = true;
    this.start();
    return true;
  }

  /** Takes the control away; what it showed goes on. */
  close(): void {
    this.control?.remove();
    this.control = undefined;
  }

  /** Puts the text of a field back; what stands in the page is the run's. */
  end(): void {
    this.watch?.end();
    this.close();
    this.parts.field?.putBack();
  }

  /** Ends what runs, or closes the box; false where there is neither. */
  escape(): boolean {
    if (this.run.status.isRunning) this.run.stop();
    else if (this.control && this.isBoxOpen) this.close();
    else return false;
    return true;
  }

  placeControl(): void {
    const { window } = this.around.options;
    const ends = this.parts.anchor.ends();
    // The box is too high for the rest of a line.
    const around = this.isBoxOpen ? { ...ends, free: undefined } : ends;
    this.control?.place((size) =>
      placeControl(around, size, { width: window.innerWidth, height: window.innerHeight }),
    );
  }

  private get isBoxOpen(): boolean {
    const { shown, lost, replaced } = this.standing;
    return lost === 'boxed' || shown === 'bubble' || (shown === 'field' && replaced !== 'replaced');
  }

  /** Of the run as it was, while the originals are shown. */
  private get status(): RunStatus {
    return this.hidden?.status ?? this.run.status;
  }

  private openControl(): void {
    this.close();
    const { isTrusted } = this.around.options;
    const { beside } = this;
    if (!beside) return;
    this.control = createControl({
      beside,
      onAction: (action) => this.act(action),
      ...(isTrusted ? { isTrusted } : {}),
    });
  }

  private act(action: Action): void {
    if (action === 'stop') this.run.stop();
    else if (action === 'retry') this.retry();
    else if (action === 'restore') this.around.restore();
    else if (action === 'close') this.close();
    else if (action === 'switch') this.switch();
    else if (action === 'here') {
      this.standing.lost = 'boxed';
      this.show();
    } else if (action === 'replace') this.replace();
    else this.copy(action === 'copy' ? translationsOf(this.run.items).join('\n') : pairsOf(this.run.items));
  }

  private copy(text: string): void {
    void copyText(this.around.options.window, text).then((isCopied) => {
      this.control?.show(afterCopy(viewOf(this.status, this.standing), isCopied));
    });
  }

  private switch(): void {
    const { status } = this.run;
    if (this.hidden) showItems(this.hidden.items, status.language);
    this.hidden = this.hidden ? undefined : { status, items: hideItems(this.run.items) };
    this.standing.isSwitched = this.hidden !== undefined;
    this.watch?.end();
    this.show();
  }

  private watchPage(): void {
    this.watch?.end();
    this.watch = watchWritten(this.around.options.window, this.run, () => {
      this.standing.lost = 'told';
      this.show();
    });
  }

  private show(): void {
    const { status } = this;
    if (!status.isRunning && this.around.isDead()) {
      this.around.onDead();
      return;
    }
    if (status.trouble?.code === 'worker-gone') this.around.onWorkerGone();
    if (!status.isRunning) this.settle(status);
    this.writeBubble();
    this.control?.show(viewOf(status, this.standing));
    this.placeControl();
  }

  private settle({ finished, kept, total }: RunStatus): void {
    const { field, anchor } = this.parts;
    anchor.measure();
    // A reader who went on elsewhere is not called back.
    const isNew = finished === total && kept < total && this.standing.replaced === undefined;
    if (isNew && field?.isUntouched()) this.replace();
  }

  private replace(): void {
    const { field, join } = this.parts;
    if (!field || !join) return;
    const byId = new Map(this.run.items.map(({ segment, writer }) => [segment.id, writer]));
    this.standing.replaced = field.replace(
      join((id) => {
        const writer = byId.get(id);
        return writer?.hasText ? writer.text : undefined;
      }),
    );
    this.show();
  }

  private writeBubble(): void {
    if (!this.control) return;
    const texts = this.isBoxOpen ? translationsOf(this.run.items) : [];
    this.control.write(texts, this.run.status.language);
    if (this.isBoxOpen) this.placeControl();
  }
}
