// Receives the audio callers recorded before the agent joined: LiveKit's clients send it as a byte
// stream once the agent is present. The agents framework for Node does not read that stream.
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@livekit/agents';
import type { ByteStreamReader, Room } from '@livekit/rtc-node';
import { decode } from './decode';

/** LiveKit's topic for it. */
export const PRE_CONNECT_TOPIC = 'lk.agent.pre-connect-audio-buffer';

/**
 * Milliseconds a recording may take, from the first live audio on; the timeout of LiveKit's own
 * agents.
 */
const WAIT_MS = 3_000;

/**
 * Maximum recordings decoded per call, each in its own process. A page sends one when it joins; a
 * program could send any number. Our own choice.
 */
const RECORDINGS_MAX = 8;

/** Recordings by track. */
export interface PreConnectRecordings {
  /**
   * The audio recorded on a track before it was subscribed; waits for it, up to a timeout.
   * Undefined if it does not arrive or cannot be decoded: the call continues without it.
   */
  of(identity: string, trackSid: string): Promise<Int16Array | undefined>;
}

/** One recording, pending or received. */
interface PendingRecording {
  readonly sound: Promise<Int16Array>;
  readonly came: (sound: Promise<Int16Array>) => void;
}

/**
 * Starts receiving; call this before joining the room.
 * @param rate sample rate of the results
 */
export function receivePreConnectAudio(room: Room, rate: number): PreConnectRecordings {
  // Keyed by sender too: no participant can speak for another.
  const all = new Map<string, PendingRecording>();
  const coming = (identity: string, trackSid: string): PendingRecording => {
    const key = `${trackSid} ${identity}`;
    const known = all.get(key) ?? pendingRecording();
    all.set(key, known);
    return known;
  };
  let reads = 0;
  room.registerByteStreamHandler(PRE_CONNECT_TOPIC, (reader, { identity }) => {
    reads += 1;
    if (reads > RECORDINGS_MAX) return void reader.close();
    const { came } = coming(identity, reader.info.attributes?.trackId ?? '');
    came(read(reader, rate));
  });
  return {
    async of(identity, trackSid) {
      const { sound } = coming(identity, trackSid);
      const late = new AbortController();
      try {
        const limit = pause(WAIT_MS, undefined, { signal: late.signal });
        const heard = await Promise.race([sound, limit]);
        if (!heard) log().warn({ trackSid }, 'pre-connect audio did not arrive in time');
        return heard ?? undefined;
      } catch (error) {
        log().warn({ error, trackSid }, 'pre-connect audio could not be decoded');
        return undefined;
      } finally {
        late.abort();
      }
    },
  };
}

function pendingRecording(): PendingRecording {
  let came: PendingRecording['came'] = () => undefined;
  const sound = new Promise<Int16Array>((resolve) => {
    came = resolve;
  });
  // Awaited when the track is heard; an earlier failure must not be unhandled.
  sound.catch(() => undefined);
  return { sound, came: (found) => came(found) };
}

async function read(reader: ByteStreamReader, rate: number): Promise<Int16Array> {
  const { mimeType, attributes = {} } = reader.info;
  try {
    const recorded = {
      mimeType,
      rate: Number(attributes.sampleRate) || rate,
      channels: Number(attributes.channels) || 1,
      bytes: reader,
    };
    const sound = await decode(recorded, rate, AbortSignal.timeout(WAIT_MS));
    log().debug({ seconds: sound.length / rate, mimeType }, 'pre-connect audio received');
    return sound;
  } finally {
    await reader.close();
  }
}
