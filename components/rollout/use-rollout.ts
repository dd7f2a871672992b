'use client';
// What the page knows of an agent's roll-out: as the server had it, and fresh while somebody looks.
import { useEffect, useEffectEvent } from 'react';
import { useLatest } from '@/components/calls/use-latest';
import type { RolloutOverview } from '@/lib/rollout/overview';
import { loadRollout } from './rollout-client';

/** Milliseconds between two looks. */
const EVERY_MS = 5_000;

interface RolloutOnPage {
  /** Undefined until it was loaded once. */
  readonly overview: RolloutOverview | undefined;
  /** Why the last look failed. */
  readonly problem: string | undefined;
  readonly look: () => Promise<void>;
}

/** @param first as the server had it when it made the page; undefined where the database was away */
export function useRollout(agent: string, first: RolloutOverview | undefined): RolloutOnPage {
  const { latest, problem, look, stop } = useLatest(first, (signal) => loadRollout(agent, signal));
  const leave = useEffectEvent(stop);
  const again = useEffectEvent(() => {
    if (!document.hidden) void look();
  });
  useEffect(() => {
    again();
    const timer = setInterval(() => again(), EVERY_MS);
    const seen = () => again();
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      leave();
    };
  }, []);
  return { overview: latest, problem: problem?.message, look };
}
