// The decorator's place until it is fetched: answers are drawn at once, and what makes them nicer comes with the first block that can use it.
import type { Decorator } from './decorate.ts';

const DECORATED = 'pre, .formula, .table-scroll';

/** `load` is called once, when there is something to decorate; where it fails, nothing ever is. */
export function decorateLater(load: () => Promise<Decorator>): Decorator {
  let decorator: Decorator | undefined;
  let isAsked = false;
  let isOver = false;
  let waiting: HTMLElement[] = [];

  function ask() {
    if (isAsked) return;
    isAsked = true;
    load().then(
      (loaded) => {
        if (isOver) return loaded.dispose();
        decorator = loaded;
        loaded.finished(waiting);
        waiting = [];
      },
      () => {},
    );
  }

  return {
    typeset(tex, display) {
      ask();
      return decorator?.typeset(tex, display);
    },
    finished(elements) {
      const some = elements.filter((block) => block.matches(DECORATED) || block.querySelector(DECORATED));
      if (some.length === 0) return;
      ask();
      if (decorator) decorator.finished(some);
      else waiting.push(...some);
    },
    dispose() {
      isOver = true;
      decorator?.dispose();
      waiting = [];
    },
  };
}
