'use client';
// Players for the recordings of a call: the browser's own, for keyboard and screen reader support.
import { useMemo, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { clock } from '@/lib/core/clock';
import { callMessages } from '@/lib/messages/call';
import { recordingHref } from './calls-client';
import type { Playable, Playback } from './use-playback';

interface RecordingPlayersProps {
  readonly call: string;
  readonly playback: Playback;
}

export function RecordingPlayers({ call, playback }: RecordingPlayersProps) {
  const { callText } = useMessages(callMessages);
  const { recording: words } = callText;
  const { recordings } = playback;
  if (recordings.length === 0) return null;
  return (
    <div className="sticky top-0 z-10 -mx-4 mb-2 grid max-h-[45dvh] gap-2 overflow-y-auto border-line border-b bg-surface px-4 py-2 sm:-mx-5 sm:px-5">
      {recordings.map((recording, at) => (
        <Player
          key={recording.n}
          call={call}
          recording={recording}
          label={recordings.length > 1 ? words.one(at + 1, recordings.length) : words.title}
          playback={playback}
        />
      ))}
    </div>
  );
}

interface PlayerProps {
  readonly call: string;
  readonly recording: Playable;
  readonly label: string;
  readonly playback: Playback;
}

function Player({ call, recording, label, playback }: PlayerProps) {
  const { callText } = useMessages(callMessages);
  const { recording: words } = callText;
  const [failed, setFailed] = useState(false);
  const { n, from } = recording;
  // biome-ignore lint/correctness/useExhaustiveDependencies: attached once, it looks up what is new
  const ref = useMemo(() => playback.attach(n), [n]);
  return (
    <figure className="grid gap-1">
      <figcaption className="flex flex-wrap gap-x-2 text-[13px] text-soft">
        {label}
        <span className="num">{words.from(clock(from))}</span>
      </figcaption>
      {failed ? (
        <p role="status" className="text-[14px] text-soft [overflow-wrap:anywhere]">
          {recording.location ? `${words.elsewhere} ${recording.location}` : words.away}
        </p>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: the transcript below is its caption, word by word
        <audio
          ref={ref}
          controls
          preload="metadata"
          aria-label={label}
          src={recordingHref(call, n)}
          onError={() => setFailed(true)}
          className="h-11 w-full min-w-0 [color-scheme:light] dark:[color-scheme:dark]"
        />
      )}
    </figure>
  );
}
