'use client';
// What a page shows of something that changes: as the server had it, and as it was asked for last.
import { useRef, useState } from 'react';
import { asProblem, type CallsProblem } from './calls-client';

interface Latest<T> {
  /** Undefined until it was loaded once. */
  readonly latest: T | undefined;
  /** Why the last look failed. */
  readonly problem: CallsProblem | undefined;
  /** Loads it; an answer that is still on its way to an earlier look counts no more. */
  readonly look: () => Promise<void>;
  /** Gives up a look that is under way. */
  readonly stop: () => void;
}

/**
 * @param first as the server had it when it made the page; undefined where it could not be read
 * @param load asks for it
 */
export function useLatest<T>(
  first: T | undefined,
  load: (signal: AbortSignal) => Promise<T>,
): Latest<T> {
  const [latest, setLatest] = useState(first);
  const [problem, setProblem] = useState<CallsProblem>();
  const asking = useRef<AbortController>(undefined);
  const stop = () => asking.current?.abort();
  const look = async () => {
    stop();
    const control = new AbortController();
    asking.current = control;
    const { signal } = control;
    try {
      const loaded = await load(signal);
      if (signal.aborted) return;
      setLatest(loaded);
      setProblem(undefined);
    } catch (error) {
      if (!signal.aborted) setProblem(asProblem(error));
    }
  };
  return { latest, problem, look, stop };
}
