// Parts of the interface that are loaded when they are first shown.
import { createElement, type FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component that shows nothing until `load` has brought the real one; what cannot be loaded stays away. */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | undefined;
  return function Later(props: P) {
    const [, draw] = useState(false);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          draw(true);
        },
        () => {},
      );
    }, []);
    return loaded ? createElement(loaded, props) : null;
  };
}
