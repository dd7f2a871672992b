// A caller who speaks at once on pressing Start is heard from the first syllable: ties what LiveKit's
// clients send of that to the ears of a session.
import { log, type voice } from '@livekit/agents';
import {
  AudioStream,
  type RemoteParticipant,
  type Room,
  type Track,
  TrackSource,
} from '@livekit/rtc-node';
import type { Brief } from '../../lib/dispatch/handoff-context';
import { HEARD_TOPIC } from '../../lib/livekit/pre-connect-audio';
import { WINDOW_MS } from '../speech/segmenter';
import { EARS_RATE } from '../speech/windows';
import { type AskBefore, Ears } from './audio-input';
import { receiveFirstWords } from './receive';

/** LiveKit's `AudioTrackFeature.TF_PRECONNECT_BUFFER`: the client recorded before it was heard. */
const RECORDED_BEFORE = 6;

/** Milliseconds after which the page is told once more that it is heard. */
const AGAIN_MS = 250;

/** The first words of a call, from before the room is joined. */
export interface HeardEarly {
  /** Puts them before the live sound. To be called right after `session.start()`, before it is awaited. */
  putBefore(input: voice.AgentSession['input']): void;
}

/**
 * Whether an agent is the first to hear the caller in its room. What was said before is sent once, to
 * the first agent: another one would wait for it in vain.
 */
const isFirst = (brief: Brief | undefined): boolean =>
  brief === undefined || (brief.kind === 'handover' && brief.movedFrom !== undefined);

/** Hears the first words of a call from now on; to be called before the room is joined. */
export function hearFirstWords(
  room: Room,
  brief: Brief | undefined,
  caller: () => RemoteParticipant | undefined,
): HeardEarly {
  if (!isFirst(brief)) return { putBefore: withEars(() => undefined) };
  const firstWords = receiveFirstWords(room, EARS_RATE);
  let asked = '';
  const before = () => {
    const person = caller();
    const sid = person && recordedBefore(person);
    if (!sid || sid === asked) return undefined;
    asked = sid;
    const words = firstWords.of(person.identity, sid);
    return { words, heard: () => sayHeard(room, person.identity, words) };
  };
  return { putBefore: withEars(before) };
}

/** The framework's ears, which make a stream of a track themselves. */
type LiveEars = voice.AudioInput & { createStream(track: Track): AudioStream };

/** Gives a session its ears, which ask `before` for what was said earlier. */
const withEars =
  (before: AskBefore): HeardEarly['putBefore'] =>
  (input) => {
    if (!input.audio) throw new Error('the session has no ears yet');
    const live = input.audio as LiveEars;
    // The framework takes the library's frames of 10 ms: three times the messages from it, and the work for them.
    live.createStream = (track) =>
      new AudioStream(track, { sampleRate: EARS_RATE, numChannels: 1, frameSizeMs: WINDOW_MS });
    input.audio = new Ears(live, before);
  };

/** Id of the caller's microphone, if the client recorded on it before it was heard. */
function recordedBefore({ trackPublications }: RemoteParticipant): string | undefined {
  for (const { source, info, sid, track } of trackPublications.values()) {
    if (source !== TrackSource.SOURCE_MICROPHONE || !track) continue;
    return info?.audioFeatures.includes(RECORDED_BEFORE) ? sid : undefined;
  }
  return undefined;
}

/**
 * Tells the caller's page that its live sound has come, until what it kept is here: a page whose line for data is
 * not open yet would miss it, and go on keeping.
 */
function sayHeard(room: Room, identity: string, words: Promise<unknown>): void {
  const say = () => {
    room.localParticipant
      ?.publishData(new Uint8Array(), {
        reliable: true,
        topic: HEARD_TOPIC,
        destination_identities: [identity],
      })
      .catch((error: unknown) => log().debug({ error }, 'the page was not told that it is heard'));
  };
  say();
  const timer = setInterval(say, AGAIN_MS);
  void words.finally(() => clearInterval(timer));
}
