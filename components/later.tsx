// Components that a view does without until they are first shown: what a popup loads at its start is what makes it slow to open.
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

/** A component that is nothing until `load` has brought it; where it cannot be loaded, the next time it is shown it is tried again. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const loaded = signal<ComponentType<P> | null>(null);
  let isAsked = false;
  return function Later(props: P) {
    useEffect(() => {
      if (isAsked) return;
      isAsked = true;
      load().then(
        (component) => {
          loaded.value = component;
        },
        () => {
          isAsked = false;
        },
      );
    }, []);
    const Component = loaded.value;
    return Component && <Component {...props} />;
  };
}
