'use client';
// Players for the recordings of a call: the browser's own, for keyboard and screen reader support.
import { useTranslations } from 'next-intl';
import { type RefCallback, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { recordingHref } from '@/components/calls/calls-client';
import type { Timeline } from '@/lib/calls/call';
import { type CallRecording, recordingsOf, turnAt, wordAt } from '@/lib/calls/view/recordings';
import { clock } from '@/lib/core/clock';

/** A recording that can be played. */
interface Playable extends CallRecording {
  /** Its number in the URL. */
  readonly n: number;
}

/** What is being played: a turn by the id of its mark, and the index of a word. */
interface Heard {
  readonly id: string;
  readonly word: number;
}

/** The players of all recordings as one. */
export interface Playback {
  readonly recordings: readonly Playable[];
  /** Undefined during silence, and before anything was played. */
  readonly heard: Heard | undefined;
  /** Whether there is a recording of this time. Milliseconds since the request, as in the whole timeline. */
  covers(at: number): boolean;
  playFrom(at: number): void;
  /** Attaches the player of a recording. */
  attach(n: number): RefCallback<HTMLAudioElement>;
}

/** Recordings that are complete, or never will be. */
function playable(timeline: Timeline): Playable[] {
  return recordingsOf(timeline)
    .map((recording, n) => ({ ...recording, n }))
    .filter(({ to }) => to !== undefined || timeline.call.endedAt !== undefined);
}

const has = ({ from, to }: CallRecording, at: number) =>
  from <= at && (to === undefined || at < to);

export function usePlayback(timeline: Timeline): Playback {
  const recordings = playable(timeline);
  const [heard, setHeard] = useState<Heard>();
  const players = useRef(new Map<number, HTMLAudioElement>());
  // Events of players arrive later than they are attached, so they need the current values.
  const known = useRef({ marks: timeline.marks, recordings });
  useEffect(() => {
    known.current = { marks: timeline.marks, recordings };
  });

  const update = useCallback((n: number, player: HTMLAudioElement) => {
    const { marks, recordings: all } = known.current;
    const recording = all.find((one) => one.n === n);
    if (!recording) return;
    const at = recording.from + player.currentTime * 1_000;
    const turn = turnAt(marks, at);
    const next = turn && { id: turn.id, word: wordAt(turn, at) };
    setHeard((last) => (last?.id === next?.id && last?.word === next?.word ? last : next));
  }, []);

  const attach = (n: number): RefCallback<HTMLAudioElement> => {
    return (player) => {
      if (!player) return;
      players.current.set(n, player);
      const control = new AbortController();
      const { signal } = control;
      let frame = 0;
      const follow = () => {
        update(n, player);
        if (!player.paused) frame = requestAnimationFrame(follow);
      };
      const began = () => {
        // Only one recording plays at a time.
        for (const other of players.current.values()) if (other !== player) other.pause();
        cancelAnimationFrame(frame);
        follow();
      };
      // After a handoff, the recording of the next agent continues.
      const ended = () => {
        const { recordings: all } = known.current;
        const own = all.find((one) => one.n === n);
        const next = all.find((one) => one.n > n);
        const other = next && players.current.get(next.n);
        if (!own || !other) return;
        const at = own.from + player.duration * 1_000;
        other.currentTime = Math.max(0, at - next.from) / 1_000;
        other.play().catch(() => undefined);
      };
      player.addEventListener('play', began, { signal });
      player.addEventListener('ended', ended, { signal });
      player.addEventListener('seeked', () => update(n, player), { signal });
      if (!player.paused) follow();
      return () => {
        control.abort();
        cancelAnimationFrame(frame);
        players.current.delete(n);
      };
    };
  };

  return {
    recordings,
    heard,
    covers: (at) => recordings.some((recording) => has(recording, at)),
    playFrom(at) {
      const recording = recordings.find((one) => has(one, at));
      const player = recording && players.current.get(recording.n);
      if (!player) return;
      player.currentTime = (at - recording.from) / 1_000;
      // Only rejects if the file is missing, which the player shows.
      player.play().catch(() => undefined);
    },
    attach,
  };
}

interface RecordingPlayersProps {
  readonly call: string;
  readonly playback: Playback;
}

export function RecordingPlayers({ call, playback }: RecordingPlayersProps) {
  const t = useTranslations('callDetails.recording');
  const { recordings } = playback;
  if (recordings.length === 0) return null;
  return (
    <div className="sticky top-0 z-10 -mx-4 mb-2 grid max-h-[45dvh] gap-2 overflow-y-auto border-border border-b bg-card px-4 py-2 sm:-mx-5 sm:px-5">
      {recordings.map((recording, at) => (
        <Player
          key={recording.n}
          call={call}
          recording={recording}
          label={
            recordings.length > 1 ? t('one', { which: at + 1, of: recordings.length }) : t('title')
          }
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
  const t = useTranslations('callDetails.recording');
  const [failed, setFailed] = useState(false);
  const { n, from } = recording;
  // biome-ignore lint/correctness/useExhaustiveDependencies: attached once, it looks up what is new
  const ref = useMemo(() => playback.attach(n), [n]);
  return (
    <figure className="grid gap-1">
      <figcaption className="flex flex-wrap gap-x-2 text-sm text-muted-foreground">
        {label}
        <span className="tabular-nums">{t('from', { time: clock(from) })}</span>
      </figcaption>
      {failed ? (
        <p role="status" className="text-sm text-muted-foreground [overflow-wrap:anywhere]">
          {recording.location ? `${t('elsewhere')} ${recording.location}` : t('away')}
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
