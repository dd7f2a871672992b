'use client';
// Data that changes: first from the server, then as last loaded.
import { type Dispatch, type SetStateAction, useCallback, useRef, useState } from 'react';
import { type ApiError, toApiError } from '@/components/ui/request';

interface Latest<T> {
  /** Undefined until it was loaded once. */
  readonly latest: T | undefined;
  /** Why the last request failed. */
  readonly problem: ApiError | undefined;
  /** Loads the data; the response to an earlier request is ignored. */
  readonly refresh: () => Promise<void>;
  /** Aborts the current request. */
  readonly stop: () => void;
  /** Replace the state with the result of another request. */
  readonly setLatest: Dispatch<SetStateAction<T | undefined>>;
  readonly setProblem: (problem: ApiError | undefined) => void;
}

/**
 * @param first from the server; undefined if it could not read it
 * @param load loads the data
 */
export function useLatest<T>(
  first: T | undefined,
  load: (signal: AbortSignal) => Promise<T>,
): Latest<T> {
  const [latest, setLatest] = useState(first);
  const [problem, setProblem] = useState<ApiError>();
  const current = useRef<AbortController>(undefined);
  const stop = useCallback(() => current.current?.abort(), []);
  const refresh = async () => {
    stop();
    const control = new AbortController();
    current.current = control;
    const { signal } = control;
    try {
      const loaded = await load(signal);
      if (signal.aborted) return;
      setLatest(loaded);
      setProblem(undefined);
    } catch (error) {
      if (!signal.aborted) setProblem(toApiError(error));
    }
  };
  return { latest, problem, refresh, stop, setLatest, setProblem };
}
