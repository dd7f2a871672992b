// What a job's process prepares while it waits for its call, so that the caller does not wait for it.

import { ReadableStream } from 'node:stream/web';
import { type JobProcess, log, voice } from '@livekit/agents';
import { AudioFrame, AudioSource, LocalAudioTrack } from '@livekit/rtc-node';
import type { AgentDefinition } from '@/agent/core/agent-definition';
import { notices } from '@/agent/core/notices';
import { makeTts } from '@/agent/models/speech';
import { makeVad } from '@/agent/turns/turn-handling';
import { parseConfig } from '@/lib/core/config';

/** Created once, before the call. */
export interface Prepared extends Record<string, unknown> {
  vad: ReturnType<typeof makeVad>;
  /** Audio of the greetings, by agent name. */
  greetings: Record<string, AudioFrame[]>;
}

/** Synthesizes the greeting. Without it calls are accepted too; it is then synthesized when needed. */
async function synthesizeGreeting(userData: Prepared, definition: AgentDefinition): Promise<void> {
  const config = parseConfig(process.env);
  const words = notices.recording[config.RECORD_CALLS] + definition.greeting;
  const tts = makeTts(config, definition);
  const frames: AudioFrame[] = [];
  // The framework ends the sound of a synthesis that failed as if it were complete.
  let failure: Error | undefined;
  tts.on('error', ({ error }) => {
    failure = error;
  });
  try {
    for await (const chunk of tts.synthesize(words)) frames.push(chunk.frame);
    if (failure) throw failure;
    userData.greetings[definition.name] = frames;
  } finally {
    // A failed hosted TTS would be checked repeatedly while the process waits.
    await tts.close();
  }
}

/** Starts preparing an agent's greeting. */
export function prepareGreeting(
  { userData }: JobProcess<Prepared>,
  definition: AgentDefinition,
): void {
  // Not awaited: at startup the speech server is not up yet, and is retried after 2 s.
  synthesizeGreeting(userData, definition).catch((error: unknown) => {
    log().warn({ error, agent: definition.name }, 'the greeting could not be prepared');
  });
}

/** Prepares the process for any agent. @throws if it could not take a call */
export async function prewarm({ userData }: JobProcess<Prepared>): Promise<void> {
  userData.greetings = {};
  userData.vad = makeVad();
  await warmUpAudio();
  warmUpSession().catch((error: unknown) => {
    log().warn({ error }, 'warm-up failed: the first call of this process starts more slowly');
  });
}

/** Sample rate, and samples of the one frame that is played. */
const RATE = 24_000;
const FRAME = RATE / 20;

// Parts of a call run once while the process waits, because the first run is the slowest. This takes 40 ms off the
// start of a call, and as much processor time.

/**
 * Initializes LiveKit's library with its first track. The track is closed again, because an open one would wake the
 * process a hundred times a second.
 */
async function warmUpAudio(): Promise<void> {
  const track = LocalAudioTrack.createAudioTrack('warm-up', new AudioSource(RATE, 1));
  await track.close();
}

/** An output that plays everything immediately. */
class NullOutput extends voice.AudioOutput {
  #said = false;

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (!this.#said) this.onPlaybackStarted(Date.now());
    this.#said = true;
  }

  override flush(): void {
    super.flush();
    if (this.#said) this.onPlaybackFinished({ playbackPosition: 0, interrupted: false });
    this.#said = false;
  }

  override clearBuffer(): void {
    // Nothing is kept.
  }
}

/**
 * Starts a session without a room, STT or a model, and plays one silent frame. The session is not closed: nothing of it
 * runs any more, and closing it would log an interruption.
 */
async function warmUpSession(): Promise<void> {
  const session = new voice.AgentSession({
    aecWarmupDuration: null,
    userAwayTimeout: null,
    turnHandling: { turnDetection: 'manual' },
  });
  session.output.audio = new NullOutput(RATE, undefined, { pause: true });
  await session.start({ agent: new voice.Agent({ instructions: '' }), record: false });
  const frame = new AudioFrame(new Int16Array(FRAME), RATE, 1, FRAME);
  await session.say('Yes.', { audio: ReadableStream.from([frame]) }).waitForPlayout();
}
