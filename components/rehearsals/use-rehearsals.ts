'use client';
// What the page knows of the rehearsals: as the server had it, and fresh when something changes.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { asProblem, type CallsProblem } from '@/components/calls/calls-client';
import { useChanges } from '@/components/calls/changes';
import type { Overview } from '@/lib/rehearsals/overview';
import { loadRehearsals } from './rehearsals-client';

/** Milliseconds between looks while some go on: a program that dies tells nobody. */
const LIVE_MS = 5_000;

interface RehearsalsOnPage {
  /** Undefined until it was loaded once. */
  readonly overview: Overview | undefined;
  /** Why the last look failed. */
  readonly problem: CallsProblem | undefined;
  readonly look: () => void;
}

/** @param first as the server had it when it made the page; undefined where the database was away */
export function useRehearsals(first: Overview | undefined): RehearsalsOnPage {
  const [overview, setOverview] = useState(first);
  const [problem, setProblem] = useState<CallsProblem>();
  const asking = useRef<AbortController>(undefined);
  const look = async () => {
    asking.current?.abort();
    const control = new AbortController();
    asking.current = control;
    const { signal } = control;
    try {
      const loaded = await loadRehearsals(signal);
      if (signal.aborted) return;
      setOverview(loaded);
      setProblem(undefined);
    } catch (error) {
      if (!signal.aborted) setProblem(asProblem(error));
    }
  };
  useChanges(() => void look());
  const again = useEffectEvent(look);
  const live = overview?.live !== undefined;
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => void again(), LIVE_MS);
    return () => clearInterval(timer);
  }, [live]);
  return { overview, problem, look: () => void look() };
}
