'use client';
// Whether the page is hydrated. Server-rendered HTML is visible before it reacts to input.
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False while clicks and typing would be lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
