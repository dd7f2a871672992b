'use client';
// Listening to a live call: one at a time, and until the component that shows it unmounts.
import { useEffect, useRef, useState } from 'react';
import { hangUp, openSound } from '@/components/call/dial';
import type { Meter } from '@/components/call/meter';
import { pageMessages } from '@/components/language/page-messages';
import { callsMessages } from '@/lib/messages/calls';
import { CallsProblem, requestListenToken } from './calls-client';
import type { ListenConnection } from './listen-connection';

/** The state. */
type State =
  | { readonly phase: 'off'; readonly problem?: string }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'on'; readonly meter: Meter };

/** Stops listening on this page, whichever call it is. */
let stopCurrent: (() => void) | undefined;

function problemOf(error: unknown): string {
  const { listenText } = pageMessages(callsMessages);
  if (!(error instanceof CallsProblem)) return listenText.lost;
  return error.status === 404 ? listenText.nobody : `${listenText.failed}: ${error.message}`;
}

/** Starts listening, in a click. `tell` receives each state. Returns the function that stops it. */
function listenIn(room: string, tell: (state: State) => void): () => void {
  stopCurrent?.();
  const sound = openSound();
  let line: ListenConnection | undefined;
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
    const [{ openConnection }, admission] = await Promise.all([
      import('./listen-connection'),
      requestListenToken(room),
    ]);
    if (over) return;
    line = await openConnection(sound, admission, (why) => {
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

/** The state and action of the button. */
export interface Listening {
  readonly state: State;
  /** Starts in a click, or stops. */
  toggle(): void;
}

/** Listens to the call in `room`. */
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
