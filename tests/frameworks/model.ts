// What the four apps show and do: one list of paragraphs, one set of buttons, so that one test can press them all.

export interface Item {
  key: string;
  lead: string;
  stress: string;
  tail: string;
  link: string;
}

export interface State {
  count: number;
  items: Item[];
}

const item = (key: string, lead: string, stress: string, tail: string, link: string): Item => ({
  key,
  lead,
  stress,
  tail,
  link,
});

export const initial: State = {
  // Odd, so that the element that comes and goes is translated, and goes.
  count: 1,
  items: [
    item(
      'source',
      'The stream begins',
      'almost by accident',
      'in a crease of the ground that has',
      'no name',
    ),
    item('meadow', 'Below the hill it', 'slows down', 'and looks for a way through', 'the reeds'),
    item('mill', 'The miller counts', 'every turn', 'of the wheel and calls it', 'a day of work'),
    item('bridge', 'Nobody who stands on', 'the old bridge', 'asks the river for', 'its permission'),
  ],
};

/** A button each. */
export const ACTIONS = ['count', 'replace', 'remove', 'insert', 'reverse', 'same', 'remount'] as const;
export type Action = (typeof ACTIONS)[number];

export function act({ count, items }: State, action: Action): State {
  const [first, ...others] = items;
  switch (action) {
    // Each paragraph says whether the count is odd, with an element that comes and goes.
    case 'count':
      return { count: count + 1, items };
    case 'replace':
      return {
        count,
        items: items.map((one, index) => (index === 1 ? { ...one, tail: `and forgets ${one.tail}` } : one)),
      };
    case 'remove':
      return { count, items: others };
    case 'insert': {
      const key = `new ${1 + items.filter((one) => one.key.startsWith('new')).length}`;
      const added = item(key, 'A new one comes', 'from the side', 'with water that tastes of', 'snow');
      return { count, items: first ? [first, added, ...others] : [added] };
    }
    case 'reverse':
      return { count, items: items.toReversed() };
    // New objects and strings, nothing else: what is drawn stays as it is.
    case 'same':
      return { count, items: items.map((one) => ({ ...one, tail: [...one.tail].join('') })) };
    // Other keys: the same words in new elements, as when a server's page is drawn anew.
    case 'remount':
      return { count, items: items.map((one) => ({ ...one, key: `${one.key}, again` })) };
  }
}

/** For the test: what each paragraph has to say. */
export function publish({ count, items }: State): void {
  const odd = count % 2 === 1 ? ' oddly enough' : '';
  const said = items.map(
    ({ lead, stress, tail, link }) => `${lead} ${stress} ${tail}${odd} ${link}, ${count} times.`,
  );
  Object.assign(globalThis, { said });
}
