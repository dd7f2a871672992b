'use client';
// Values that only the browser knows. The server and the first render use another one, so that hydration agrees.
import { useEffect, useState, useSyncExternalStore } from 'react';

const never = () => () => {};

/** @param read reads the value in the browser; must return the same value for the same state */
export const useBrowserValue = <T>(read: () => T, onServer: T): T =>
  useSyncExternalStore(never, read, () => onServer);

/** False while clicks and typing would be lost: server-rendered HTML is visible before it reacts to input. */
export const useHydrated = (): boolean => useBrowserValue(() => true, false);

/**
 * The time in milliseconds since 1970, at most `everyMs` ago.
 * @param first until the browser has said so
 * @param isRunning false keeps the last time
 */
export function useNow<T>(first: T, everyMs: number, isRunning = true): T | number {
  const [now, setNow] = useState<T | number>(first);
  useEffect(() => {
    if (!isRunning) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isRunning]);
  return now;
}
