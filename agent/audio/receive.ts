// Receives the audio callers recorded before the agent joined: LiveKit's clients send it as a byte stream once the
// agent is present. The agents framework for Node does not read that stream.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Future, log } from '@livekit/agents';
import { getFfmpegPath } from '@livekit/av';
import type { ByteStreamReader, Room } from '@livekit/rtc-node';
import { withTimeout } from '@/lib/core/wait';

/** LiveKit's topic for it. */
export const PRE_CONNECT_TOPIC = 'lk.agent.pre-connect-audio-buffer';

/** Milliseconds a recording may take, from the first live audio on; the timeout of LiveKit's own agents. */
const WAIT_MS = 3_000;

/**
 * Maximum recordings decoded per call, each in its own process. A page sends one when it joins; a program could send
 * any number. Our own choice.
 */
const RECORDINGS_MAX = 8;

/** Starts receiving; call this before joining the room. */
export function receivePreConnectAudio(room: Room, rate: number) {
  // Keyed by sender too: no participant can speak for another.
  const all = new Map<string, Future<Int16Array>>();
  const coming = (identity: string, trackSid: string) => {
    const key = `${trackSid} ${identity}`;
    const known = all.get(key) ?? new Future<Int16Array>();
    all.set(key, known);
    return known;
  };
  let reads = 0;
  room.registerByteStreamHandler(PRE_CONNECT_TOPIC, (reader, { identity }) => {
    reads += 1;
    if (reads > RECORDINGS_MAX) return void reader.close();
    const recording = coming(identity, reader.info.attributes?.trackId ?? '');
    read(reader, rate).then(
      (sound) => recording.resolve(sound),
      (error: Error) => recording.reject(error),
    );
  });
  return {
    /**
     * The audio recorded on a track before it was subscribed; waits for it, up to a timeout. Undefined if it does not
     * arrive or cannot be decoded: the call continues without it.
     */
    async of(identity: string, trackSid: string): Promise<Int16Array | undefined> {
      try {
        return await withTimeout(WAIT_MS, coming(identity, trackSid).await);
      } catch (error) {
        // A caller who hangs up this early takes the rest along.
        if (room.remoteParticipants.has(identity))
          log().warn({ error, trackSid }, 'pre-connect audio did not arrive, or cannot be decoded');
        return undefined;
      }
    },
  };
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

/**
 * A recording that is being received. Browsers record WebM or Ogg with Opus, mobile clients send raw samples; the
 * ffmpeg bundled with the agents framework reads all of them. Safari before 18.4 records AAC, which it does not.
 */
interface Recorded {
  /** As named by the client: a container type ("audio/webm;codecs=opus"), or anything else for raw samples. */
  readonly mimeType: string;
  /** Sample rate and channels; for raw samples (s16le) only. */
  readonly rate: number;
  readonly channels: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Container types, which describe their own content. */
const CONTAINERS = /webm|ogg|opus|mp4|matroska/i;

/**
 * Maximum bytes of a recording, and of its decoded audio: 10 s of raw stereo at 48 kHz, the most clients send, is 2 MB.
 * A few bytes can claim to be hours of audio.
 */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Decodes while the recording arrives; resolves with mono samples at its end.
 * @throws if nothing can be decoded, with ffmpeg's message
 */
export async function decode(
  { mimeType, rate: from, channels, bytes }: Recorded,
  rate: number,
  signal: AbortSignal,
): Promise<Int16Array> {
  const raw = CONTAINERS.test(mimeType)
    ? []
    : ['-f', 's16le', '-ar', `${from}`, '-ac', `${channels}`];
  const quick = ['-hide_banner', '-loglevel', 'error', '-analyzeduration', '0'];
  const wanted = ['-f', 's16le', '-ar', `${rate}`, '-ac', '1'];
  const ffmpeg = spawn(
    getFfmpegPath() ?? 'ffmpeg',
    [...quick, ...raw, '-i', 'pipe:0', ...wanted, 'pipe:1'],
    { signal, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(ffmpeg, 'close');
  // Awaited after all input is written; an earlier failure must not be unhandled.
  ended.catch(() => undefined);
  const sound: Buffer[] = [];
  let decoded = 0;
  ffmpeg.stdout.on('data', (chunk: Buffer) => {
    decoded += chunk.length;
    if (decoded > MAX_BYTES) ffmpeg.kill('SIGKILL');
    else sound.push(chunk);
  });
  let said = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-500);
  });
  // ffmpeg may exit early and close its input; the reason comes with its exit.
  ffmpeg.stdin.on('error', () => undefined);
  try {
    let size = 0;
    for await (const piece of bytes) {
      size += piece.length;
      if (size > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes`);
      ffmpeg.stdin.write(piece);
    }
    ffmpeg.stdin.end();
    await ended;
  } catch (error) {
    ffmpeg.kill('SIGKILL');
    await ended.catch(() => undefined);
    throw error;
  }
  if (decoded > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes of sound`);
  const { buffer, byteOffset, length } = Buffer.concat(sound);
  if (length < 2) throw new Error(`no audio in ${mimeType}: ${said.trim()}`);
  return new Int16Array(buffer.slice(byteOffset, byteOffset + length - (length % 2)));
}
