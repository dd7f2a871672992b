'use client';
// The figures on the page, asked for again while somebody looks. What was known stays while new
// figures are on their way, so that nothing on the page jumps.
import { useCallback, useEffect, useRef, useState } from 'react';
import { pageTexts } from '@/components/language/page-texts';
import type { WindowName, WindowStats } from '@/lib/calls/view/agent-stats';
import { fromWire } from '@/lib/calls/view/wire';
import { agentsTexts } from '@/lib/text/agents';

/** Milliseconds between two questions. */
const EVERY_MS = 10_000;
/** Milliseconds an answer may take. */
const LIMIT_MS = 10_000;

interface StatsOnPage {
  readonly stats: WindowStats | undefined;
  /** Why the last question was not answered. */
  readonly problem: string | undefined;
  readonly ask: () => Promise<void>;
}

/** @throws {Error} with what the server says is wrong */
async function fetchStats(window: WindowName): Promise<WindowStats> {
  const { failed } = pageTexts(agentsTexts).agentsText;
  const signal = AbortSignal.timeout(LIMIT_MS);
  const response = await fetch(`/api/agents/stats?window=${window}`, { signal }).catch(() => {
    throw new Error(failed.unreachable);
  });
  const body = await response.json().catch(() => ({}));
  if (response.ok) return fromWire(body);
  throw new Error(body.detail ?? failed.unreachable);
}

/** @param first as the server had them when it made the page; undefined where it could not */
export function useStats(window: WindowName, first: WindowStats | undefined): StatsOnPage {
  const [stats, setStats] = useState(first);
  const [problem, setProblem] = useState<string>();
  const wanted = useRef(window);

  // Another window comes with figures of its own from the server.
  const [shownFirst, setShownFirst] = useState(first);
  if (first !== shownFirst) {
    setShownFirst(first);
    setStats(first);
  }

  const ask = useCallback(async () => {
    try {
      const asked = await fetchStats(window);
      if (wanted.current !== window) return;
      setStats(asked);
      setProblem(undefined);
    } catch (error) {
      if (wanted.current === window) setProblem(String((error as Error).message));
    }
  }, [window]);

  useEffect(() => {
    wanted.current = window;
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    const next = () => {
      clearTimeout(timer);
      if (!over) timer = setTimeout(round, EVERY_MS);
    };
    const round = async () => {
      clearTimeout(timer);
      if (document.hidden) return;
      await ask();
      next();
    };
    document.addEventListener('visibilitychange', round);
    if (first) next();
    else void round();
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', round);
    };
  }, [window, first, ask]);

  return { stats, problem, ask };
}
