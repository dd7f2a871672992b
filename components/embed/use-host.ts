'use client';
// What the frame tells the bubble around it (public/embed.js): that it is awake, whether a call is on, and
// that Escape was pressed in it. Nothing of it is secret, and so it is for whatever site that is.
import { useEffect } from 'react';

type Told = 'awake' | 'close' | 'live' | 'idle';

function tell(what: Told): void {
  if (window.parent !== window) window.parent.postMessage(`callboard:${what}`, '*');
}

/** @param live whether a call is on */
export function useHost(live: boolean): void {
  useEffect(() => {
    tell('awake');
    const close = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented) tell('close');
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
  useEffect(() => tell(live ? 'live' : 'idle'), [live]);
}
