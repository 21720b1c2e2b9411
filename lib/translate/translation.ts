// One gesture's translation as its reader has it: the run, what stands beside it, and where the text is shown.
import type { Show } from '../protocol/page.ts';
import { Beside } from './beside.ts';
import type { Action, Picked } from './control-parts.ts';
import { type Item, isHalfDone, isWritten } from './item.ts';
import { afterCopy, isBoxOpen, isInPage, type Standing, standingOf, viewOf } from './page-view.ts';
import { translationsOf, wordsById } from './pairs.ts';
import { createRun } from './run.ts';
import type { RunStatus } from './run-status.ts';
import type { Run, Wanted } from './run-types.ts';
import { Toggle } from './toggle.ts';
import type { Surroundings, TranslationParts } from './translation-types.ts';
import { type Watch, watchWritten } from './watch.ts';
import { type AskWay, createAskWay, type Way } from './ways.ts';

export class Translation {
  readonly run: Run;
  readonly beside: Beside;
  readonly #parts: TranslationParts;
  readonly #around: Surroundings;
  readonly #standing: Standing;
  #way: Way;
  #watch: Watch | undefined;
  readonly #toggle: Toggle;
  readonly #askWay: AskWay;

  constructor(parts: TranslationParts, around: Surroundings) {
    this.#parts = parts;
    this.#around = around;
    this.#way = parts.way;
    const { shown, segments, blocks } = parts.way;
    this.#standing = standingOf(shown, parts);
    const { connect, window: view } = around.options;
    this.beside = new Beside({
      options: around.options,
      beside: parts.beside,
      onAction: (action) => this.#act(action),
      onPick: (picked) => this.#pick(picked),
    });
    const onWrite = () => isBoxOpen(this.#standing) && this.#writeBox();
    this.run = createRun({ connect, view, blocks, segments, onStatus: () => this.#show(), onWrite });
    this.#toggle = new Toggle(this.run);
    this.#askWay = createAskWay(connect);
  }

  start(wanted?: Wanted): void {
    this.beside.isWanted = true;
    this.run.start(wanted);
    this.#watchPage();
  }

  /** Goes on with what is not whole; false where nothing is missing. */
  retry(): boolean {
    const { isRunning, finished, total } = this.#toggle.status;
    const isDue = !isRunning && finished < total;
    if (isDue) this.again({ goesOn: true });
    return isDue;
  }

  get isSwitched(): boolean {
    return this.#toggle.isSwitched;
  }

  /** Not while it streams, and not where the page still has its text. */
  get canSwitch(): boolean {
    return !this.run.status.isRunning && isInPage(this.#standing);
  }

  /** Shows the originals, or the translation again. */
  switch(toOriginals = !this.isSwitched): void {
    if (!this.canSwitch || toOriginals === this.isSwitched) return;
    this.#toggle.flip();
    this.#standing.isSwitched = this.isSwitched;
    this.#watch?.end();
    this.#show();
  }

  /** Takes the control away; what it showed goes on. */
  close(): void {
    this.beside.close();
    this.#showAids();
  }

  /** Puts the text of a field back; what stands in the page is the run's. */
  end(): void {
    this.#watch?.end();
    this.close();
    this.#parts.field?.putBack();
  }

  /** Ends what runs, or closes the box; false where there is neither. */
  escape(): boolean {
    if (this.run.status.isRunning) this.run.stop();
    else if (this.beside.control && isBoxOpen(this.#standing)) this.close();
    else return false;
    return true;
  }

  place(): void {
    this.beside.place(this.#way.anchor);
  }

  /** The items whose translation stands in place of the original now. */
  get covered(): Item[] {
    return this.isSwitched || this.#standing.shown !== 'in-place' ? [] : this.run.items.filter(isWritten);
  }

  /** Stops what runs and asks for something else. */
  again(wanted: Wanted): void {
    this.run.stop();
    this.switch(false);
    this.#standing.isRetry = true;
    this.start(wanted);
  }

  #act(action: Action): void {
    if (action === 'stop') this.run.stop();
    else if (action === 'retry' || action === 'continue') this.retry();
    else if (action === 'confirm') this.again({ goesOn: true, isConfirmed: true });
    else if (action === 'restore') this.#around.restore();
    else if (action === 'close') this.close();
    else if (action === 'switch') this.switch();
    else if (action === 'here') this.#lose('boxed');
    else if (action === 'replace') this.#replace();
    else this.#copy(action === 'copy-both');
  }

  #pick({ name, value }: Picked): void {
    if (name === 'language') this.again({ language: value });
    else void this.#moveTo(value as Show);
  }

  /** Shows it another way, from now on for this site. The worker brings what that needs. */
  async #moveTo(shown: Show): Promise<void> {
    if (!(await this.#askWay(shown)) || !this.beside.control) return;
    this.switch(false);
    const find = () => this.#parts.findWay?.(shown);
    const way = find() && this.run.move(find);
    if (way) {
      this.#way = way;
      this.#standing.shown = shown;
      this.#watchPage();
    }
    this.#show();
  }

  #copy(withOriginals: boolean): void {
    const view = viewOf(this.#toggle.status, this.#standing);
    const tell = (isCopied: boolean) => this.beside.control?.show(afterCopy(view, isCopied));
    void this.#around.copy(this.run.items, withOriginals).then(tell);
  }

  #watchPage(): void {
    this.#watch?.end();
    if (!isInPage(this.#standing)) return;
    this.#watch = watchWritten(this.#around.options.window, this.run, () => this.#lose('told'));
  }

  #lose(lost: Standing['lost']): void {
    this.#standing.lost = lost;
    this.#show();
  }

  #show(): void {
    const { status } = this.#toggle;
    if (!status.isRunning && this.#around.isDead()) return void this.#around.onDead();
    if (status.troubles.some(({ code }) => code === 'worker-gone')) this.#around.onWorkerGone();
    if (!status.isRunning) this.#settle(status);
    this.beside.open();
    this.#writeBox();
    this.beside.control?.show(viewOf(status, this.#standing));
    this.place();
    this.#showAids();
  }

  #showAids(): void {
    const isMarked = this.canSwitch && !this.isSwitched && this.beside.control;
    const halfDone = isMarked ? this.run.items.filter(isHalfDone) : [];
    this.#around.onShow(this.run.status.isRunning ? undefined : halfDone);
  }

  #settle({ finished, kept, total }: RunStatus): void {
    this.#way.anchor.measure();
    // A reader who went on elsewhere is not called back.
    const isNew = finished === total && kept < total && this.#standing.replaced === undefined;
    if (isNew && this.#parts.field?.isUntouched()) this.#replace();
  }

  #replace(): void {
    const { field, join } = this.#parts;
    this.#standing.replaced = join && field?.replace(join(wordsById(this.run.items)));
    this.#show();
  }

  #writeBox(): void {
    const isOpen = isBoxOpen(this.#standing);
    this.beside.write(isOpen ? translationsOf(this.run.items) : [], this.run.status.language);
    if (isOpen) this.place();
  }
}
