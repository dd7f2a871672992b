'use client';
// Appointments and messages on their page: fresh when something changes, anew at another filter.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { asProblem, type CallsProblem } from '@/components/calls/calls-client';
import { useChanges } from '@/components/calls/changes';
import type { DeskList } from '@/lib/bookings/store/read-desk';
import { type DeskPageFilter, deskQuery } from '@/lib/bookings/view/page-filter';
import { loadDesk } from './bookings-client';

/** What the page knows and can do. */
export interface DeskOnPage {
  /** Undefined until it was loaded once. */
  readonly desk: DeskList | undefined;
  /** Whether the filter was changed and what it finds is on its way. */
  readonly loading: boolean;
  /** Why the last look failed. */
  readonly problem: CallsProblem | undefined;
  readonly look: () => void;
}

/** @param first as the server had it when it made the page */
export function useDesk(first: DeskList | undefined, filter: DeskPageFilter): DeskOnPage {
  const query = deskQuery(filter).toString();
  const [loaded, setLoaded] = useState(first && { query, desk: first });
  const [problem, setProblem] = useState<CallsProblem>();
  const [turn, setTurn] = useState(0);
  const asking = useRef<AbortController>(undefined);
  const look = useEffectEvent(async () => {
    asking.current?.abort();
    const control = new AbortController();
    asking.current = control;
    const { signal } = control;
    try {
      const desk = await loadDesk(new URLSearchParams(query), signal);
      if (signal.aborted) return;
      setLoaded({ query, desk });
      setProblem(undefined);
    } catch (error) {
      if (!signal.aborted) setProblem(asProblem(error));
    }
  });

  // At another filter; the first one came with the page.
  const shown = useRef(first ? query : undefined);
  useEffect(() => {
    if (shown.current === query && turn === 0) return;
    shown.current = query;
    void look();
  }, [query, turn]);
  const again = () => setTurn((before) => before + 1);
  useChanges(again);
  return {
    desk: loaded?.desk,
    loading: loaded?.query !== query && problem === undefined,
    problem,
    look: again,
  };
}
