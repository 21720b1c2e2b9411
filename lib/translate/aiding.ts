// Has the part for aids brought when it is first needed, and keeps the one set of them that a page has.
import { ask } from '../protocol/client.ts';
import type { AidOptions, Aids } from './aids.ts';
import { createHost } from './host.ts';
import type { Item } from './item.ts';
import type { PageOptions } from './page-types.ts';

export class Aiding {
  readonly #options: PageOptions;
  readonly #page: Pick<AidOptions, 'covered' | 'onRetry'>;
  #aids: Aids | undefined;
  #halfDone: readonly Item[] = [];
  #coming: Promise<unknown> | undefined;

  constructor(options: PageOptions, page: Pick<AidOptions, 'covered' | 'onRetry'>) {
    this.#options = options;
    this.#page = page;
  }

  /** `halfDone`: the items to mark; undefined while a run goes on, when no aids are needed yet. */
  show(halfDone: readonly Item[] | undefined): void {
    this.#halfDone = halfDone ?? [];
    if (halfDone) this.#bring();
    this.#aids?.mark(this.#halfDone);
  }

  #bring(): void {
    const { window, connect, wishes, aids, isTrusted = (event: Event) => event.isTrusted } = this.#options;
    const create = aids();
    if (create)
      this.#aids ??= create({
        ...this.#page,
        view: window,
        isTrusted,
        createHost,
        showsOriginals: wishes()?.showsOriginalOnHover ?? false,
      });
    else
      this.#coming ??= ask(connect, { type: 'bring-part', part: 'aids' }).then(
        () => aids() && this.show(this.#halfDone),
        () => {
          this.#coming = undefined;
        },
      );
  }

  place(): void {
    this.#aids?.place();
  }

  /** Hides an original that is shown; true where there was one. */
  hide(): boolean {
    return this.#aids?.hide() ?? false;
  }

  async copy(items: readonly Item[], withOriginals: boolean): Promise<boolean> {
    await this.#coming;
    return this.#aids?.copy(items, withOriginals) ?? false;
  }

  /** The next to end makes new ones, as is wished by then. */
  end(): void {
    this.#aids?.end();
    this.#aids = undefined;
  }
}
