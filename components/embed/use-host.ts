'use client';
// What the frame tells the bubble around it (public/embed.js): that it is awake, whether a call is on, and
// that Escape was pressed in it. Nothing of it is secret, and so it is for whatever site that is.
import { useEffect } from 'react';
import type { CallSession } from '@/components/call/call-session';
import { useStore } from '@/components/ui/store';

type Told = 'awake' | 'close' | 'live' | 'idle';

function tell(what: Told): void {
  if (window.parent !== window) window.parent.postMessage(`callboard:${what}`, '*');
}

/** Tells that the page is awake, and of Escape. */
export function useHost(): void {
  useEffect(() => {
    tell('awake');
    const close = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented) tell('close');
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
}

/** Tells whether this call goes on. Draws nothing. */
export function TellCall({ session }: { readonly session: CallSession }): null {
  const live = useStore(session.state).end === undefined;
  useEffect(() => {
    tell(live ? 'live' : 'idle');
    return () => tell('idle');
  }, [live]);
  return null;
}
