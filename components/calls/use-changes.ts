'use client';
// Hears from the server which calls changed, while somebody looks: a hidden page listens to nothing,
// and looks anew when it is seen again.
import { useEffect, useEffectEvent } from 'react';

/** Milliseconds between two looks: a call tells several things a second. */
const EVERY_MS = 700;

/**
 * Calls `look` when something changed, at most every 700 ms, and whenever something may have been missed.
 * @param only id of the one call that matters
 */
export function useChanges(look: () => void, only?: string): void {
  const onChange = useEffectEvent(look);
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        onChange();
      }, EVERY_MS);
    };
    const listen = () => {
      source?.close();
      source = undefined;
      if (document.hidden) return;
      source = new EventSource('/api/calls/changes');
      source.onmessage = ({ data }) => {
        const { id } = JSON.parse(data);
        // Without an id: it may have been any of them.
        if (only === undefined || id === undefined || id === only) soon();
      };
      // What happened before, since the page was made or while nothing was heard, was missed.
      source.onopen = soon;
      // Refused, it is not opened again: a look says why, to whoever was signed out or has lost the right.
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
