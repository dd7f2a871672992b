// Receives what callers said before the agent was there: LiveKit's clients record it and send it as a
// byte stream once the agent has come. The agents framework for Node reads that stream nowhere.
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@livekit/agents';
import type { ByteStreamReader, Room } from '@livekit/rtc-node';
import { decode } from './decode';

/** LiveKit's topic for it. */
export const FIRST_WORDS_TOPIC = 'lk.agent.pre-connect-audio-buffer';

/** Milliseconds a recording may take from the first live sound on; the limit of LiveKit's own agents. */
const WAIT_MS = 3_000;

/**
 * Recordings that are read in a call, each by a process of its own. A page sends one as it joins; a program could send
 * any number. Our own choice.
 */
const READ_MAX = 8;

/** Recordings by the track they belong to. */
export interface FirstWords {
  /**
   * What was said on a track before it was heard; waits for it, but not long. Undefined where it does
   * not come or cannot be read: the call goes on without.
   */
  of(identity: string, trackSid: string): Promise<Int16Array | undefined>;
}

/** One recording, waited for or here. */
interface Coming {
  readonly sound: Promise<Int16Array>;
  readonly came: (sound: Promise<Int16Array>) => void;
}

/**
 * Receives from now on; to be called before the room is joined.
 * @param rate samples a second of the answers
 */
export function receiveFirstWords(room: Room, rate: number): FirstWords {
  // By who sent it too: nobody speaks for others.
  const all = new Map<string, Coming>();
  const coming = (identity: string, trackSid: string): Coming => {
    const key = `${trackSid} ${identity}`;
    const known = all.get(key) ?? promised();
    all.set(key, known);
    return known;
  };
  let reads = 0;
  room.registerByteStreamHandler(FIRST_WORDS_TOPIC, (reader, { identity }) => {
    reads += 1;
    if (reads > READ_MAX) return void reader.close();
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
        if (!heard) log().warn({ trackSid }, 'the first words did not come in time');
        return heard ?? undefined;
      } catch (error) {
        log().warn({ error, trackSid }, 'the first words could not be read');
        return undefined;
      } finally {
        late.abort();
      }
    },
  };
}

function promised(): Coming {
  let came: Coming['came'] = () => undefined;
  const sound = new Promise<Int16Array>((resolve) => {
    came = resolve;
  });
  // Looked at when the track is heard; until then a failure is nobody's.
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
    log().debug({ seconds: sound.length / rate, mimeType }, 'first words received');
    return sound;
  } finally {
    await reader.close();
  }
}
