'use client';
// Listening to a live call, from the press to the end: one at a time, and not beyond the place on the
// page that shows it.
import { useEffect, useRef, useState } from 'react';
import { hangUp, openSound } from '@/components/call/dial';
import type { Meter } from '@/components/call/meter';
import { pageMessages } from '@/components/language/page-messages';
import { callsMessages } from '@/lib/messages/calls';
import { askToListen, CallsProblem } from './calls-client';
import type { Line } from './listen-connection';

/** How it goes. */
type State =
  | { readonly phase: 'off'; readonly problem?: string }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'on'; readonly meter: Meter };

/** Ends the listening of this page, whichever call it is to. */
let stopCurrent: (() => void) | undefined;

function problemOf(error: unknown): string {
  const { listenText } = pageMessages(callsMessages);
  if (!(error instanceof CallsProblem)) return listenText.lost;
  return error.status === 404 ? listenText.nobody : `${listenText.failed}: ${error.message}`;
}

/** Begins, in a press; `tell` hears how it goes, from now to the end. Returns what ends it. */
function listenIn(room: string, tell: (state: State) => void): () => void {
  stopCurrent?.();
  const sound = openSound();
  let line: Line | undefined;
  let over = false;
  const end = (problem?: string) => {
    if (over) return;
    over = true;
    if (stopCurrent === stop) stopCurrent = undefined;
    line?.close();
    hangUp(sound);
    tell({ phase: 'off', problem });
  };
  const stop = () => end();
  stopCurrent = stop;
  tell({ phase: 'connecting' });
  const begin = async () => {
    const [{ openLine }, admission] = await Promise.all([
      import('./listen-connection'),
      askToListen(room),
    ]);
    if (over) return;
    line = await openLine(sound, admission, (why) => {
      const { listenText } = pageMessages(callsMessages);
      if (why === 'lost') end(listenText.lost);
      else end(line ? undefined : listenText.nobody);
    });
    if (over) line.close();
    else tell({ phase: 'on', meter: line.meter });
  };
  begin().catch((error: unknown) => end(problemOf(error)));
  return stop;
}

/** Listening, as a button shows it. */
export interface Listening {
  readonly state: State;
  /** Begins in the press, or ends. */
  toggle(): void;
}

/** Listening to the call in `room`. */
export function useListening(room: string): Listening {
  const [state, setState] = useState<State>({ phase: 'off' });
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);
  const toggle = () => {
    if (state.phase === 'off') stop.current = listenIn(room, setState);
    else stop.current?.();
  };
  return { state, toggle };
}
