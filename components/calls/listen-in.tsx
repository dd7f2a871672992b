'use client';
// Controls for listening to a live call: a button with the level of the audio, and a status line.
import { Headphones } from 'lucide-react';
import { useId } from 'react';
import { LevelBars } from '@/components/call/level-bars';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { callsMessages } from '@/lib/messages/calls';
import { type Listening, useListening } from './use-listening';

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
        problem ? 'text-stop-ink' : 'text-soft',
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
        className={listening.state.phase === 'off' ? 'text-[14px] text-soft' : 'sr-only'}
      >
        {words.hint(shown)}
      </p>
      <ListenStatus listening={listening} />
    </div>
  );
}
