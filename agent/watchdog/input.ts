// Input without sound: the caller's microphone is on, and nothing of it arrives. It is read anew, and a caller who spoke
// meanwhile, which only LiveKit has heard, is asked to say it again. If LiveKit hears the caller and this agent still does not,
// another agent takes over.
import { voice } from '@livekit/agents';
import { type RemoteTrackPublication, type Room, RoomEvent, TrackSource } from '@livekit/rtc-node';
import { Patience } from '@/agent/core/patience';
import type { EventOf } from '@/lib/calls/event';

/** Milliseconds without a frame. One arrives every 32 ms, also in silence; a subscription takes up to a second. */
const NO_SOUND_MS = 2_500;
/** Milliseconds after which a frame counts again: not each of them needs a timer. */
const COUNT_MS = 500;

interface Watch {
  readonly room: Pick<Room, 'remoteParticipants' | 'on'>;
  readonly session: Pick<voice.AgentSession, 'input' | 'on'>;
  /** The person whom the agent hears. */
  readonly caller: () => { readonly identity: string } | undefined;
  /** Reads the microphone anew. */
  readonly reopen: () => void;
  /** Called with the milliseconds without sound, and what is done. */
  readonly stuck: (ms: number, done: EventOf<'stuck'>['done']) => void;
  /** Called when sound arrives again, if the caller spoke meanwhile. */
  readonly missed: () => void;
}

/** Watches what a session hears. @returns a function to call with each frame */
export function watchInput({ room, session, caller, reopen, stuck, missed }: Watch): () => void {
  let countedAt = Number.NEGATIVE_INFINITY;
  let silentMs = 0;
  /** What was done since the last sound. Without network nothing arrives either, and nothing helps. */
  let done: EventOf<'stuck'>['done'] | undefined;
  /** The microphone that was on when the wait began: one that was just switched on has the whole time. */
  let expected: RemoteTrackPublication | undefined;
  let hasSpoken = false;
  const microphone = () => (session.input.audioEnabled ? microphoneOf(room, caller()) : undefined);
  const late = (now: RemoteTrackPublication, ms: number) => {
    silentMs += ms;
    if (done === undefined) {
      done = 'restarted';
      stuck(silentMs, done);
      if (now.track) reopen();
      else now.setSubscribed(true);
    } else if (done === 'restarted' && hasSpoken) {
      done = 'replaced';
      stuck(silentMs, done);
    }
  };
  const patience = new Patience(NO_SOUND_MS, (ms) => {
    const now = microphone();
    if (now && now === expected) late(now, ms);
    else {
      silentMs = 0;
      // What was said since it was switched on has not arrived either.
      hasSpoken &&= now !== undefined;
    }
    expected = now;
    patience.wait();
  });
  patience.wait();
  room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
    if (speakers.some(({ identity }) => identity === caller()?.identity)) hasSpoken = true;
  });
  session.on(voice.AgentSessionEventTypes.Close, () => patience.end());
  return () => {
    if (performance.now() - countedAt < COUNT_MS) return;
    countedAt = performance.now();
    if (done && hasSpoken) missed();
    done = undefined;
    silentMs = 0;
    hasSpoken = false;
    expected = microphone();
    patience.wait();
  };
}

/** The microphone that is on, if there is one; of several the last, which the framework hears. */
function microphoneOf(
  { remoteParticipants }: Watch['room'],
  caller: { readonly identity: string } | undefined,
): RemoteTrackPublication | undefined {
  const participant = caller && remoteParticipants.get(caller.identity);
  return [...(participant?.trackPublications.values() ?? [])].findLast(
    ({ source, muted }) => source === TrackSource.SOURCE_MICROPHONE && !muted,
  );
}
