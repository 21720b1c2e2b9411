// Parts of the interface that are loaded when they are first shown.
import { createElement, type FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Load<P> = () => Promise<FunctionComponent<P>>;

/** By the function that loads them: what is there is shown at once, wherever it is shown first. */
const parts = new WeakMap<Load<never>, FunctionComponent<never>>();

/** Loads a part before it is shown. @throws what `load` rejects with */
export async function preload<P extends object>(load: Load<P>): Promise<void> {
  parts.set(load, await load());
}

/** A component that shows nothing until `load` has brought the real one; what cannot be loaded stays away. */
export function later<P extends object>(load: Load<P>): FunctionComponent<P> {
  return function Later(props: P) {
    const [, draw] = useState(false);
    const loaded = parts.get(load) as FunctionComponent<P> | undefined;
    useEffect(() => {
      if (loaded) return;
      preload(load).then(
        () => draw(true),
        () => {},
      );
    }, []);
    return loaded ? createElement(loaded, props) : null;
  };
}
