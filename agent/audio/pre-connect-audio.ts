// Pre-connect audio: a caller who speaks immediately after pressing Start is heard from the first syllable. Connects
// the recording that LiveKit's clients send to the audio input of a session.
import { log, type voice } from '@livekit/agents';
import { type RemoteParticipant, type Room, TrackSource } from '@livekit/rtc-node';
import { CallAudioInput, type TakeRecording } from '@/agent/audio/audio-input';
import { receivePreConnectAudio } from '@/agent/audio/receive';
import { setFrameSize } from '@/agent/framework/frame-size';
import { INPUT_RATE, WINDOW_MS } from '@/agent/speech/voice-activity';
import type { HandoffContext } from '@/lib/dispatch/handoff-context';
import { LIVE_AUDIO_TOPIC } from '@/lib/livekit/pre-connect-audio';

/** LiveKit's `AudioTrackFeature.TF_PRECONNECT_BUFFER`: the client recorded before the track was subscribed. */
const RECORDED_BEFORE = 6;

const RESEND_MS = 250;

/**
 * Puts pre-connect audio before the live audio of a session. Call this right after `session.start()`, before awaiting
 * it.
 */
export type PutBefore = (input: voice.AgentSession['input']) => void;

/**
 * Whether an agent is the first to hear the caller in its room. Clients send the recording once, to the first agent;
 * another one would wait in vain.
 */
const isFirst = (handoffContext: HandoffContext | undefined): boolean =>
  handoffContext === undefined ||
  (handoffContext.kind === 'handoff' && handoffContext.movedFrom !== undefined);

/** Starts receiving pre-connect audio; call this before joining the room. */
export function preparePreConnectAudio(
  room: Room,
  handoffContext: HandoffContext | undefined,
  caller: () => RemoteParticipant | undefined,
): PutBefore {
  if (!isFirst(handoffContext)) return setAudioInput(() => undefined);
  const preConnectAudio = receivePreConnectAudio(room, INPUT_RATE);
  let asked = '';
  return setAudioInput(() => {
    const person = caller();
    const sid = person && recordedTrack(person);
    if (!sid || sid === asked) return undefined;
    asked = sid;
    const words = preConnectAudio.of(person.identity, sid);
    return { words, heard: () => confirmHeard(room, person.identity, words) };
  });
}

/** Sets a session's audio input, which calls `before` for the pre-connect audio. */
const setAudioInput =
  (before: TakeRecording): PutBefore =>
  (input) => {
    if (!input.audio) throw new Error('the session has no audio input yet');
    setFrameSize(input.audio, INPUT_RATE, WINDOW_MS);
    input.audio = new CallAudioInput(input.audio, before);
  };

/** Sid of the caller's microphone track, if the client recorded on it before it was subscribed. */
function recordedTrack({ trackPublications }: RemoteParticipant): string | undefined {
  for (const { source, info, sid, track } of trackPublications.values()) {
    if (source !== TrackSource.SOURCE_MICROPHONE || !track) continue;
    return info?.audioFeatures.includes(RECORDED_BEFORE) ? sid : undefined;
  }
  return undefined;
}

/**
 * Tells the caller's page that its live audio has arrived, repeatedly until the recording is received: a page whose
 * data channel is not open yet would miss it and keep recording.
 */
function confirmHeard(room: Room, identity: string, words: Promise<unknown>): void {
  const say = () => {
    room.localParticipant
      ?.publishData(new Uint8Array(), {
        reliable: true,
        topic: LIVE_AUDIO_TOPIC,
        destination_identities: [identity],
      })
      .catch((error: unknown) => log().debug({ error }, 'the page does not know that it is heard'));
  };
  say();
  const timer = setInterval(say, RESEND_MS);
  void words.finally(() => clearInterval(timer));
}
