'use client';
// Subscribes to changes of calls while the page is visible. When a hidden page becomes visible, it refreshes.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';

/** Minimum interval of refreshes in milliseconds: a call can change several times a second. */
const MIN_INTERVAL_MS = 700;

/**
 * Calls `refresh` when something has changed, at most every 700 ms, and when changes may have been missed.
 * @param only id of the only call that matters
 */
export function useChanges(refresh: () => void, only?: string): void {
  const onChange = useEffectEvent(refresh);
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        onChange();
      }, MIN_INTERVAL_MS);
    };
    const listen = () => {
      source?.close();
      source = undefined;
      if (document.hidden) return;
      source = new EventSource('/api/calls/changes');
      source.onmessage = ({ data }) => {
        const { id } = JSON.parse(data);
        // An event without an id can be about any call.
        if (only === undefined || id === undefined || id === only) soon();
      };
      // Changes since the page was rendered, or while disconnected, were missed.
      source.onopen = soon;
      // A refused stream is not reopened. A refresh shows why, for example that the user was signed out.
      source.onerror = () => {
        if (source?.readyState === EventSource.CLOSED) soon();
      };
    };
    listen();
    document.addEventListener('visibilitychange', listen);
    return () => {
      document.removeEventListener('visibilitychange', listen);
      source?.close();
      clearTimeout(timer);
    };
  }, [only]);
}

/** Key of all queries of lists of calls. */
export const CALLS = ['calls'];

/** Loads the lists of calls on this page again when calls change. */
export function useCallsChanges(): void {
  const client = useQueryClient();
  useChanges(() => void client.invalidateQueries({ queryKey: CALLS }));
}
