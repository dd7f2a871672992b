'use client';
// Controls for listening to a live call: a button with the level of the audio, and a status line.
import { Headphones } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useRef, useState } from 'react';
import { closeAudio, openOutput } from '@/components/audio/call-audio';
import { LevelBars } from '@/components/audio/level-bars';
import type { Meter } from '@/components/audio/meter';
import { requestListenToken } from '@/components/calls/calls-client';
import type { ConnectionEnd, ListenConnection } from '@/components/calls/listen-connection';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useFailureText } from '@/components/ui/failure';
import { ApiError, toApiError } from '@/components/ui/request';

/** Why nobody is heard: the connection or the call ended, or something failed. */
type Problem = ConnectionEnd | ApiError;

/** The state. */
type State =
  | { readonly phase: 'off'; readonly problem?: Problem | undefined }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'on'; readonly meter: Meter };

/** Stops listening on this page, whichever call it is. */
let stopCurrent: (() => void) | undefined;

/** What a failure means. */
function problemOf(error: unknown): Problem {
  if (error instanceof ApiError && error.status === 0) return 'lost';
  const failed = toApiError(error);
  return failed.status === 404 ? 'over' : failed;
}

/** Starts listening, in a click. `onState` receives each state. Returns the function that stops it. */
function listenIn(room: string, onState: (state: State) => void): () => void {
  stopCurrent?.();
  const output = openOutput();
  let connection: ListenConnection | undefined;
  let over = false;
  const end = (problem?: Problem) => {
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
      end(why === 'over' && connection ? undefined : why);
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
  const t = useTranslations('listen');
  const off = state.phase === 'off';
  return (
    <Button
      aria-label={t(off ? 'startOf' : 'stopOf', { who })}
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
      {t(off ? 'start' : 'stop')}
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
  const t = useTranslations('listen');
  const failureText = useFailureText();
  const problem = state.phase === 'off' ? state.problem : undefined;
  const problemText = () => {
    if (!problem) return undefined;
    if (problem === 'lost') return t('lost');
    if (problem === 'over') return t('nobody');
    // Without a status, it is an error of the page.
    return problem.status === 0 ? failureText(problem) : `${t('failed')}: ${failureText(problem)}`;
  };
  const word = state.phase === 'off' ? problemText() : t(state.phase);
  return (
    <p
      role="status"
      className={cn(
        word ? 'text-sm' : 'sr-only',
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
  const t = useTranslations('listen');
  const listening = useListening(room);
  const hint = useId();
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <ListenButton listening={listening} who={who} hint={hint} />
      <p
        id={hint}
        className={listening.state.phase === 'off' ? 'text-sm text-muted-foreground' : 'sr-only'}
      >
        {t('hint', { shown: String(shown) })}
      </p>
      <ListenStatus listening={listening} />
    </div>
  );
}
