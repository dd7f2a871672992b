// A value that parts of the page share, outside React: the smallest thing that
// `useSyncExternalStore` can read.
import { useSyncExternalStore } from 'react';

export interface Store<T> {
  get(): T;
  set(next: T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The store's value, drawn again at each change. The server draws `onServer`. */
export function useStore<T>(store: Store<T>, onServer: T = store.get()): T {
  return useSyncExternalStore(store.subscribe, store.get, () => onServer);
}
