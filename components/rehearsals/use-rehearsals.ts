'use client';
// What the page knows of the rehearsals: as the server had it, and fresh when something changes.
import { useEffect, useEffectEvent } from 'react';
import type { CallsProblem } from '@/components/calls/calls-client';
import { useChanges } from '@/components/calls/changes';
import { useLatest } from '@/components/calls/use-latest';
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
  const { latest: overview, problem, look } = useLatest(first, loadRehearsals);
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
