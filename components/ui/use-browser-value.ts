'use client';
// Values that only the browser knows. The server and the first render use another one, so that hydration agrees.
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** @param read reads the value in the browser; must return the same value for the same state */
export const useBrowserValue = <T>(read: () => T, onServer: T): T =>
  useSyncExternalStore(never, read, () => onServer);

/** False while clicks and typing would be lost: server-rendered HTML is visible before it reacts to input. */
export const useHydrated = (): boolean => useBrowserValue(() => true, false);
