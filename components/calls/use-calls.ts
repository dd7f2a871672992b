'use client';
// The lists of the History page. They refresh themselves, and new calls wait above the list while the reader has
// scrolled down.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { LiveCall } from '@/lib/calls/view/live-calls';
import { appendPage, type Loaded, mergePage } from '@/lib/calls/view/merge-page';
import { apiQuery, type PageFilter, pageHref } from '@/lib/calls/view/page-filter';
import { type CallsProblem, loadHistory, loadLive, toCallsProblem } from './calls-client';
import { useChanges } from './use-changes';

/** Both lists from the server. */
export interface FirstCalls {
  readonly live: readonly LiveCall[];
  readonly history: Loaded;
}

/** The state of the page, and its actions. */
export interface CallsOnPage {
  /** Both undefined until they were loaded once. */
  readonly live: readonly LiveCall[] | undefined;
  readonly history: Loaded | undefined;
  /** Number of new calls that are not shown yet. */
  readonly fresh: number;
  /** Whether calls for a changed filter are being loaded. */
  readonly loading: boolean;
  readonly loadingOlder: boolean;
  readonly problem: CallsProblem | undefined;
  readonly showFresh: () => void;
  readonly loadOlder: () => void;
  readonly refresh: () => void;
}

/** @param scrolledPast whether the top of the list is out of view */
export function useCalls(
  first: FirstCalls | undefined,
  filter: PageFilter,
  scrolledPast: () => boolean,
): CallsOnPage {
  const href = pageHref(filter);
  const [live, setLive] = useState(first?.live);
  const [loaded, setLoaded] = useState<{ href: string; history: Loaded } | undefined>(
    first && { href, history: first.history },
  );
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<CallsProblem>();
  const [loadingOlder, setLoadingOlder] = useState(false);
  const asking = useRef<AbortController>(undefined);

  const refresh = useEffectEvent(async () => {
    asking.current?.abort();
    const control = new AbortController();
    asking.current = control;
    const { signal } = control;
    try {
      const query = apiQuery(filter, Date.now());
      const [on, page] = await Promise.all([loadLive(), loadHistory(query, { signal })]);
      if (signal.aborted) return;
      setLive(on);
      setProblem(undefined);
      const same = loaded?.href === href ? loaded.history : undefined;
      const history = same ? mergePage(same, page) : page;
      setLoaded({ href, history });
      const known = new Set(same?.calls.map(({ id }) => id));
      const added = same ? history.calls.filter(({ id }) => !known.has(id)) : [];
      if (!same) setHeld(new Set());
      else if (added.length > 0 && scrolledPast())
        setHeld((before) => new Set([...before, ...added.map(({ id }) => id)]));
    } catch (error) {
      if (!signal.aborted) setProblem(toCallsProblem(error));
    }
  });
  const loadOlder = async () => {
    const from = loaded?.history;
    if (!from?.next || loadingOlder) return;
    setLoadingOlder(true);
    try {
      const page = await loadHistory(apiQuery(filter, Date.now()), { cursor: from.next });
      setLoaded((now) =>
        now?.href === href ? { href, history: appendPage(now.history, page) } : now,
      );
      setProblem(undefined);
    } catch (error) {
      setProblem(toCallsProblem(error));
    } finally {
      setLoadingOlder(false);
    }
  };

  // For a changed filter; the first list came with the page.
  const shown = useRef(first ? href : undefined);
  useEffect(() => {
    if (shown.current === href) return;
    shown.current = href;
    void refresh();
  }, [href]);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn > 0) void refresh();
  }, [turn]);
  const again = () => setTurn((before) => before + 1);
  useChanges(again);

  const calls = loaded?.history.calls.filter(({ id }) => !held.has(id)) ?? [];
  return {
    live,
    history: loaded && { calls, next: loaded.history.next },
    fresh: loaded ? loaded.history.calls.length - calls.length : 0,
    loading: loaded?.href !== href && problem === undefined,
    loadingOlder,
    problem,
    showFresh: () => setHeld(new Set()),
    loadOlder: () => void loadOlder(),
    refresh: again,
  };
}
