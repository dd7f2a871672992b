// Input without sound: the caller's microphone is on, and nothing of it arrives. It is subscribed again, and a caller who spoke
// meanwhile, which only LiveKit has heard, is asked to say it again.
import { voice } from '@livekit/agents';
import { type RemoteTrackPublication, type Room, RoomEvent, TrackSource } from '@livekit/rtc-node';
import { Patience } from '@/agent/core/patience';

/** Milliseconds without a frame. One arrives every 32 ms, also in silence; a subscription takes up to a second. */
const NO_SOUND_MS = 2_500;
/** How often it is subscribed again until there is sound: without network, nothing of it arrives either. */
const TIMES_MAX = 3;
/** Milliseconds after which a frame counts again: not each of them needs a timer. */
const COUNT_MS = 500;

interface Watch {
  readonly room: Pick<Room, 'remoteParticipants' | 'on'>;
  readonly session: Pick<voice.AgentSession, 'input' | 'on'>;
  /** The person whom the agent hears. */
  readonly caller: () => { readonly identity: string } | undefined;
  /** Called each time, with the milliseconds without sound. */
  readonly stuck: (ms: number) => void;
  /** Called when sound arrives again, if the caller spoke meanwhile. */
  readonly missed: () => void;
}

/** Watches what a session hears. @returns a function to call with each frame */
export function watchInput({ room, session, caller, stuck, missed }: Watch): () => void {
  let countedAt = Number.NEGATIVE_INFINITY;
  let times = 0;
  /** The microphone that was on when the wait began: one that was just switched on has the whole time. */
  let expected: RemoteTrackPublication | undefined;
  let hasSpoken = false;
  let restarting: string | undefined;
  const microphone = () => (session.input.audioEnabled ? microphoneOf(room, caller()) : undefined);
  const patience = new Patience(NO_SOUND_MS, (ms) => {
    const now = microphone();
    if (now && now === expected && times < TIMES_MAX) {
      times += 1;
      stuck(ms);
      // Both at once would change nothing.
      restarting = now.sid;
      now.setSubscribed(!now.track);
    }
    expected = now;
    patience.wait();
  });
  patience.wait();
  room.on(RoomEvent.TrackUnsubscribed, (_, publication) => {
    if (publication.sid !== restarting) return;
    restarting = undefined;
    publication.setSubscribed(true);
  });
  room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
    if (speakers.some(({ identity }) => identity === caller()?.identity)) hasSpoken = true;
  });
  session.on(voice.AgentSessionEventTypes.Close, () => patience.end());
  return () => {
    if (performance.now() - countedAt < COUNT_MS) return;
    countedAt = performance.now();
    if (times > 0 && hasSpoken) missed();
    times = 0;
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
