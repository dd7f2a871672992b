// A call in fake time, for tests of what was heard: the framework's session, its captions and our turn options, with a
// voice whose words take as long as their captions say, and a caller whose words are recognized exactly.
import { ReadableStream } from 'node:stream/web';
import {
  Future,
  type llm,
  normalizeLanguage,
  stt,
  tts,
  VAD,
  type VADEvent,
  VADEventType,
  VADStream,
  voice,
} from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { onTestFinished, vi } from 'vitest';
import { keepHeardOnly } from '@/agent/framework/heard-speech';
import { secondsOf } from '@/agent/speech/captions';
import { unwatched } from '@/agent/testing/unwatched';
import { CallAgent, Silence } from '@/agent/turns/call-agent';
import { MIN_SILENCE_MS, makeTurnHandling } from '@/agent/turns/turn-handling';
import '@/agent/framework/tool-results';
import { fakeTime } from '@/lib/testing/fake-time';
import { AudioInput, TextOutput } from '@/node_modules/@livekit/agents/dist/voice/io.js';
import { TranscriptionSynchronizer } from '@/node_modules/@livekit/agents/dist/voice/transcription/synchronizer.js';

const { SpeechEventType: Kind } = stt;
const RATE = 16_000;
/** Milliseconds of a frame of the agent's voice. */
const FRAME_MS = 20;
/** Milliseconds until it begins. */
const TTS_MS = 300;
/** Milliseconds of speech in the caller's words. */
const SAID_MS = 400;

/** Plays what it is given, in fake time, with LiveKit's rules for pauses and interruptions. */
class Speaker extends voice.AudioOutput {
  #given = 0;
  #played = 0;
  /** Since when it plays (ms since 1970); undefined while it is silent or paused. */
  #since: number | undefined;
  #paused: Future<void> | undefined;
  #begun = false;
  #complete = false;
  #cuts = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    super(RATE, undefined, { pause: true });
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    const cuts = this.#cuts;
    await super.captureFrame(frame);
    this.#given += frame.samplesPerChannel / RATE;
    while (this.#paused && cuts === this.#cuts) await this.#paused.await;
    if (cuts !== this.#cuts || this.#begun) return;
    this.#begun = true;
    this.#since = Date.now();
    this.onPlaybackStarted(this.#since);
  }

  override flush(): void {
    super.flush();
    if (this.#given === 0) return;
    this.#complete = true;
    this.#plan();
  }

  clearBuffer(): void {
    this.#cuts += 1;
    if (this.#given === 0) return;
    this.#stop();
    super.flush();
    this.#end(true);
    this.#paused?.resolve();
  }

  override pause(): void {
    if (this.#paused) return;
    this.#paused = new Future();
    this.#stop();
  }

  override resume(): void {
    if (!this.#paused) return;
    this.#paused.resolve();
    this.#paused = undefined;
    if (this.#begun) this.#since = Date.now();
    if (this.#complete) this.#plan();
  }

  #plan(): void {
    if (this.#since === undefined) return;
    const left = (this.#given - this.#played) * 1_000 - (Date.now() - this.#since);
    this.#timer = setTimeout(() => this.#end(false), left);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    if (this.#since !== undefined) this.#played += (Date.now() - this.#since) / 1_000;
    this.#since = undefined;
  }

  #end(interrupted: boolean): void {
    const playbackPosition = interrupted ? this.#played : this.#given;
    [this.#given, this.#played, this.#since] = [0, 0, undefined];
    [this.#begun, this.#complete] = [false, false];
    this.onPlaybackFinished({ playbackPosition, interrupted });
  }
}

/** What the caller reads of the current speech. */
class Captions extends TextOutput {
  text = '';
  #over = false;

  async captureText(text: string | voice.TimedString): Promise<void> {
    if (this.#over) this.text = '';
    this.#over = false;
    this.text += typeof text === 'string' ? text : text.text;
  }

  override flush(): void {
    this.#over = true;
  }
}

/** Only there: the agent of these calls speaks itself. */
class NoTts extends tts.TTS {
  override label = 'none';
  constructor() {
    super(RATE, 1, { streaming: true });
  }
  override synthesize(): tts.ChunkedStream {
    throw new Error('not used');
  }
  override stream(): tts.SynthesizeStream {
    throw new Error('not used');
  }
}

/** Recognizes what {@link hear} is given. */
class Recognizer extends stt.STT {
  override label = 'stub';
  hear: (event: stt.SpeechEvent) => void = () => {};

  constructor() {
    super({ streaming: true, interimResults: true });
  }

  protected override async _recognize(): Promise<stt.SpeechEvent> {
    throw new Error('not used');
  }

  override stream(): stt.SpeechStream {
    const open = (hear: Recognizer['hear']) => {
      this.hear = hear;
    };
    return new (class extends stt.SpeechStream {
      override label = 'stub';
      protected override async run() {
        open((event) => this.queue.put(event));
        await new Promise(() => {});
      }
    })(this);
  }
}

/** Detects what {@link sense} is given. */
class Activity extends VAD {
  override label = 'stub';
  sense: (event: Partial<VADEvent> & Pick<VADEvent, 'type'>) => void = () => {};

  constructor() {
    super({ updateInterval: 32 });
  }

  override stream(): VADStream {
    const open = (sense: Activity['sense']) => {
      this.sense = sense;
    };
    return new (class extends VADStream {
      constructor(vad: VAD) {
        super(vad);
        open((event) =>
          this.sendVADEvent({
            ...{ samplesIndex: 0, timestamp: Date.now(), speechDuration: 0, silenceDuration: 0 },
            ...{ frames: [], probability: 0, inferenceDuration: 0, speaking: false },
            ...{ rawAccumulatedSilence: 0, rawAccumulatedSpeech: 0 },
            ...event,
          }),
        );
      }
    })(this);
  }
}

/** An open microphone. */
class Microphone extends AudioInput {}

/** Its voice needs no synthesis. */
class SpokenAgent extends CallAgent {
  override async ttsNode(text: ReadableStream<string>): Promise<ReadableStream<AudioFrame>> {
    return ReadableStream.from(framesOf(text));
  }
}

/** Speaks a text that is complete. */
async function* framesOf(text: ReadableStream<string>): AsyncGenerator<AudioFrame> {
  let seconds = 0;
  let rest = '';
  for await (const piece of text) rest += piece;
  await new Promise((resolve) => setTimeout(resolve, TTS_MS));
  for (const word of rest.match(/\s*\S+\s*/g) ?? []) seconds += secondsOf(word);
  const samples = (RATE * FRAME_MS) / 1_000;
  for (let ms = 0; ms < seconds * 1_000; ms += FRAME_MS) {
    yield new AudioFrame(new Int16Array(samples), RATE, 1, samples);
  }
}

/** Milliseconds between looks, and until one ends a test that hangs: of fake time. */
const STEP_MS = 10;
const LONGEST_MS = 30_000;

type Options = ConstructorParameters<typeof voice.Agent>[0] & { readonly llm: llm.LLM };

/** Starts a call with an agent and its model. */
export async function spokenCall(options: Options) {
  fakeTime();
  const recognizer = new Recognizer();
  const activity = new Activity();
  const turns = makeTurnHandling();
  const session = new voice.AgentSession({
    ...{ vad: activity, stt: recognizer, tts: new NoTts(), llm: options.llm },
    ...{ aecWarmupDuration: null, userAwayTimeout: null, turnHandling: turns.handling },
  });
  turns.attach(session);
  keepHeardOnly(session);
  const captions = new Captions();
  const synchronizer = new TranscriptionSynchronizer(new Speaker(), captions);
  session.output.audio = synchronizer.audioOutput;
  session.output.transcription = synchronizer.textOutput;
  session.input.audio = new Microphone();
  const agent = new SpokenAgent(options, new Silence('Ada'), unwatched);
  const starting = session.start({ agent, record: false });
  await vi.advanceTimersByTimeAsync(0);
  await starting;
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  onTestFinished(async () => {
    let closed = false;
    const closing = session.close().finally(() => {
      closed = true;
    });
    // It waits for timers of its own.
    await until(() => closed);
    await closing;
  });
  /** Lets time pass until something holds. */
  const until = async (holds: () => boolean) => {
    for (let ms = 0; !holds(); ms += STEP_MS) {
      if (ms > LONGEST_MS) throw new Error(`not within ${LONGEST_MS} ms: ${holds}`);
      await pass(STEP_MS);
    }
  };
  return {
    session,
    agent,
    captions,
    pass,
    until,
    /** The caller begins to speak, over the agent if it speaks. */
    async speaks() {
      activity.sense({ type: VADEventType.START_OF_SPEECH, speaking: true, speechDuration: 64 });
      activity.sense({
        ...{ type: VADEventType.INFERENCE_DONE, speaking: true },
        ...{ speechDuration: 64, rawAccumulatedSpeech: 64 },
      });
      recognizer.hear({ type: Kind.START_OF_SPEECH });
      await pass(0);
    },
    /** The caller has said these words. */
    async said(text: string) {
      await pass(SAID_MS + MIN_SILENCE_MS);
      activity.sense({ type: VADEventType.INFERENCE_DONE, rawAccumulatedSilence: MIN_SILENCE_MS });
      activity.sense({ type: VADEventType.END_OF_SPEECH, silenceDuration: MIN_SILENCE_MS });
      const language = normalizeLanguage('en');
      recognizer.hear({
        type: Kind.FINAL_TRANSCRIPT,
        alternatives: [{ text, language, startTime: 0, endTime: 1, confidence: 1 }],
      });
      recognizer.hear({ type: Kind.END_OF_SPEECH });
      await pass(0);
    },
  };
}
