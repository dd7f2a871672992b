'use client';
// Controls for listening to a live call: a button with the level of the audio, and a status line.
import { Headphones } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { closeAudio, openOutput } from '@/components/audio/call-audio';
import { LevelBars } from '@/components/audio/level-bars';
import type { Meter } from '@/components/audio/meter';
import { requestListenToken } from '@/components/calls/calls-client';
import type { ListenConnection } from '@/components/calls/listen-connection';
import { useMessages } from '@/components/language/language';
import { pageMessages } from '@/components/language/page-messages';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ApiError, toApiError } from '@/components/ui/request';
import { callsMessages } from '@/lib/messages/calls';

/** The state. */
type State =
  | { readonly phase: 'off'; readonly problem?: string }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'on'; readonly meter: Meter };

/** Stops listening on this page, whichever call it is. */
let stopCurrent: (() => void) | undefined;

function problemOf(error: unknown): string {
  const { listenText } = pageMessages(callsMessages);
  if (!(error instanceof ApiError)) return toApiError(error).message;
  if (error.status === 0) return listenText.lost;
  return error.status === 404 ? listenText.nobody : `${listenText.failed}: ${error.message}`;
}

/** Starts listening, in a click. `onState` receives each state. Returns the function that stops it. */
function listenIn(room: string, onState: (state: State) => void): () => void {
  stopCurrent?.();
  const output = openOutput();
  let connection: ListenConnection | undefined;
  let over = false;
  const end = (problem?: string) => {
    if (over) return;
    over = true;
    if (stopCurrent === stop) stopCurrent = undefined;
    connection?.close();
    closeAudio(output);
    onState({ phase: 'off', problem });
  };
  const stop = () => end();
  stopCurrent = stop;
  onState({ phase: 'connecting' });
  const begin = async () => {
    const [{ openConnection }, admission] = await Promise.all([
      import('@/components/calls/listen-connection'),
      requestListenToken(room),
    ]);
    if (over) return;
    connection = await openConnection(output, admission, (why) => {
      const { listenText } = pageMessages(callsMessages);
      if (why === 'lost') end(listenText.lost);
      else end(connection ? undefined : listenText.nobody);
    });
    if (over) connection.close();
    else onState({ phase: 'on', meter: connection.meter });
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

interface ListenButtonProps {
  readonly listening: Listening;
  /** Who is listened to. */
  readonly who: string;
  /** Id of the element with the hint. */
  readonly hint: string;
}

export function ListenButton({ listening: { state, toggle }, who, hint }: ListenButtonProps) {
  const { listenText: words } = useMessages(callsMessages);
  const off = state.phase === 'off';
  return (
    <Button
      aria-label={(off ? words.startOf : words.stopOf)(who)}
      aria-describedby={hint}
      onClick={toggle}
      // As wide as the longer of its two labels.
      className="min-w-[10.5rem]"
    >
      {state.phase === 'on' ? (
        <LevelBars meter={state.meter} />
      ) : (
        <Headphones aria-hidden="true" className="size-[18px]" />
      )}
      {off ? words.start : words.stop}
    </Button>
  );
}

/** The status; always rendered, so that screen readers announce changes. */
export function ListenStatus({
  listening: { state },
  className,
}: {
  readonly listening: Listening;
  readonly className?: string;
}) {
  const { listenText: words } = useMessages(callsMessages);
  const problem = state.phase === 'off' ? state.problem : undefined;
  const word = state.phase === 'off' ? problem : words[state.phase];
  return (
    <p
      role="status"
      className={cn(
        word ? 'text-[14px]' : 'sr-only',
        problem ? 'text-stop-ink' : 'text-muted-foreground',
        word && className,
      )}
    >
      {word}
    </p>
  );
}

/** All controls, for the page of a call. */
interface ListenInProps {
  readonly room: string;
  readonly who: string;
  /** Whether people in the call see that somebody listens. */
  readonly shown: boolean;
}

export function ListenIn({ room, who, shown }: ListenInProps) {
  const { listenText: words } = useMessages(callsMessages);
  const listening = useListening(room);
  const hint = useId();
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <ListenButton listening={listening} who={who} hint={hint} />
      <p
        id={hint}
        className={
          listening.state.phase === 'off' ? 'text-[14px] text-muted-foreground' : 'sr-only'
        }
      >
        {words.hint(shown)}
      </p>
      <ListenStatus listening={listening} />
    </div>
  );
}
