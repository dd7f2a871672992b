'use client';
// Whether the page answers yet: what the server drew is seen before it does.
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False as long as a press or a letter would be lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
