// Records a call on its worker's machine: people left, agents right. It subscribes to the tracks in the room, including
// the agent's own, so that the recording is what was heard: paced, and cut when interrupted. A call never waits for it
// and continues when it fails.

import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type JobContext, log } from '@livekit/agents';
import {
  AudioStream,
  ParticipantKind,
  type RemoteParticipant,
  RoomEvent,
  type Track,
  TrackKind,
} from '@livekit/rtc-node';
import { interleaved, Side, Voice } from '@/agent/audio/voices';
import { callIdIn, peopleIn } from '@/agent/core/people';
import type { ReportCall } from '@/agent/reporting/events';
import { reportError } from '@/agent/reporting/session-events';
import { WAV_HEADER_BYTES, wavHeader } from '@/agent/speech/pcm';
import type { Config } from '@/lib/core/config';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import {
  RECORDING_CHANNELS,
  RECORDING_RATE,
  recordingFile,
  recordingsFolder,
} from '@/lib/recordings/recording';

/** Milliseconds between two writes: how much a killed process loses, together with the next value. */
const EVERY_MS = 1_000;
/**
 * Milliseconds of a frame. The library's 10 are a hundred messages a second for each track, which take more processor time than
 * all else that the recording does.
 */
const FRAME_MS = 50;
/** Milliseconds that audio may arrive late before its position is written. */
const LATE_MS = 1_500;

/** A recording in progress. */
export interface Recording {
  /** Ends it; the file is then complete. */
  stop(): Promise<void>;
}

interface Parts {
  readonly ctx: JobContext;
  readonly config: Pick<Config, 'DATA_DIR'>;
  readonly identity: string;
  readonly report: ReportCall;
}

/** Starts recording; undefined, with an error event, if the file cannot be created. Never throws. */
export async function startRecording(parts: Parts): Promise<Recording | undefined> {
  const { ctx, config, identity, report } = parts;
  const { sid, name = '' } = ctx.job.room ?? {};
  const file = recordingFile(callIdIn(ctx) ?? (sid || name), identity);
  try {
    const wav = await WavFile.create(join(recordingsFolder(config.DATA_DIR), file));
    return await record(parts, file, wav);
  } catch (error) {
    reportError(report, 'recording', error);
    return undefined;
  }
}

/** Maximum tracks recorded at the same time. Our own choice: a participant has one, but a program can publish any number. */
const TRACKS_MAX = 16;

async function record({ ctx, report }: Parts, file: string, wav: WavFile): Promise<Recording> {
  const { room } = ctx;
  const [left, right] = [new Side(), new Side()];
  const voices = new Map<Track, Voice>();
  const startedAt = Date.now();
  // Monotonic: positions are samples since the start.
  const began = performance.now();
  const position = (lateMs = 0) =>
    Math.max(0, Math.round(((performance.now() - began - lateMs) * RECORDING_RATE) / 1_000));
  const readers = new Set<ReadableStreamDefaultReader>();
  let writing: Promise<void> | undefined;
  let over = false;

  async function listen(track: Track | undefined, side: Side): Promise<void> {
    if (!track || track.kind !== TrackKind.KIND_AUDIO || voices.has(track) || over) return;
    if (readers.size >= TRACKS_MAX) return;
    const voice = new Voice(side);
    voices.set(track, voice);
    const frames = { sampleRate: RECORDING_RATE, numChannels: 1, frameSizeMs: FRAME_MS };
    const reader = new AudioStream(track, frames).getReader();
    readers.add(reader);
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        voice.push(position(), next.value.data);
      }
    } catch (error) {
      log().debug({ error }, 'a track ended while it was being recorded');
    }
    readers.delete(reader);
  }
  const sideOf = (one: RemoteParticipant) => {
    if (one.kind === ParticipantKind.AGENT) return right;
    return peopleIn(room).includes(one) ? left : undefined;
  };
  const hear = (track: Track | undefined, from: RemoteParticipant) => {
    const side = sideOf(from);
    if (side) void listen(track, side);
  };
  const subscribed = (track: Track, _: unknown, from: RemoteParticipant) => hear(track, from);
  const published = ({ track }: { track?: Track }) => void listen(track, right);

  async function write(lateMs: number): Promise<void> {
    for (const voice of voices.values()) voice.place();
    const end = position(lateMs);
    await wav.add(interleaved(left.take(end), right.take(end)));
  }

  const timer = setInterval(() => {
    // With a slow disk, the audio waits in memory.
    writing ??= write(LATE_MS)
      .catch((error: unknown) => {
        reportError(report, 'recording', error);
        void finish();
      })
      .finally(() => {
        writing = undefined;
      });
  }, EVERY_MS);

  async function finish(): Promise<void> {
    if (over) return;
    over = true;
    clearInterval(timer);
    room.off(RoomEvent.TrackSubscribed, subscribed);
    room.off(RoomEvent.LocalTrackPublished, published);
    const recording = { kind: 'recording', file, startedAt, channels: RECORDING_CHANNELS } as const;
    report({ ...recording, endedAt: Date.now() });
    setRecordingAttribute('');
    await Promise.allSettled([wav.close(), ...[...readers].map((reader) => reader.cancel())]);
  }

  /** Tells the page; if that fails, the call continues. */
  function setRecordingAttribute(value: string): void {
    if (!room.isConnected) return;
    ctx.agent
      ?.setAttributes({ [AGENT_ATTRIBUTES.recording]: value })
      .catch((error: unknown) => log().warn({ error }, 'the page does not show the recording'));
  }

  room.on(RoomEvent.TrackSubscribed, subscribed);
  room.on(RoomEvent.LocalTrackPublished, published);
  for (const { track } of room.localParticipant?.trackPublications.values() ?? [])
    void listen(track, right);
  for (const one of room.remoteParticipants.values())
    for (const { track } of one.trackPublications.values()) hear(track, one);
  report({ kind: 'recording', file, startedAt, channels: RECORDING_CHANNELS });
  setRecordingAttribute('yes');

  return {
    async stop() {
      if (over) return;
      try {
        clearInterval(timer);
        await writing;
        if (!over) await write(0);
      } catch (error) {
        reportError(report, 'recording', error);
      }
      await finish();
    },
  };
}

const recordingHeader = (bytes: number) => wavHeader(RECORDING_RATE, bytes, RECORDING_CHANNELS);

/**
 * A WAV file that grows during a call. An existing one is never overwritten. Its header is rewritten after each write,
 * so that it can be played at any time, even if this process is killed in between.
 */
class WavFile {
  #bytes = 0;

  private constructor(private readonly file: FileHandle) {}

  /** @throws if the file cannot be created, or exists already */
  static async create(path: string): Promise<WavFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const wav = new WavFile(await open(path, 'wx', 0o600));
    await wav.#write(recordingHeader(0), 0);
    return wav;
  }

  async add(samples: Int16Array): Promise<void> {
    const { buffer, byteOffset, byteLength } = samples;
    await this.#write(
      new Uint8Array(buffer, byteOffset, byteLength),
      WAV_HEADER_BYTES + this.#bytes,
    );
    this.#bytes += byteLength;
    await this.#write(recordingHeader(this.#bytes), 0);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  async #write(bytes: Uint8Array, at: number): Promise<void> {
    const { bytesWritten } = await this.file.write(bytes, 0, bytes.length, at);
    if (bytesWritten < bytes.length) throw new Error('the disk is full');
  }
}
