// When a caller's turn is taken to be over, from recorded sound: the worker's voice activity, listener and recognizer, and
// a rule that decides. It follows the framework's `voice/audio_recognition.js`: silence and final words each begin the wait
// anew, and speech ends it.
import { inference, type VADEvent, VADEventType } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { Listener } from '@/agent/speech/listener';
import { MOONSHINE_RATE, type Moonshine } from '@/agent/speech/moonshine';
import { WINDOW_MS, WINDOW_SAMPLES } from '@/agent/speech/voice-activity';
import { SoundClock } from '@/scripts/bench/support/sound-clock';

/** What is known when the caller has fallen silent. */
interface Known {
  /** The agent's last words. */
  readonly after: string;
  /** Final words of the turn so far. */
  readonly words: string;
  /** Whether the recognizer still owes words. */
  readonly owed: boolean;
  /** The last sound, up to 200 ms of silence after it. */
  readonly tail: Int16Array;
}

/** One way to decide. */
export interface Rule {
  readonly name: string;
  /** The framework's voice activity, with this rule's times (ms). */
  readonly activity: { readonly minSpeechDuration: number; readonly minSilenceDuration: number };
  /** Milliseconds to wait after the last sound. */
  wait(known: Known): Promise<number>;
}

/** The end of a turn. */
export interface Decision {
  /** Milliseconds of the sound. */
  readonly at: number;
  readonly words: string;
}

/** Silence (ms) after which the framework's model looks at the sound (`inference/eot/base.js`), and how much of it. */
const LOOK_MS = 200;
const TAIL_SAMPLES = 1.2 * MOONSHINE_RATE;

/** The events of a sound, by the window at whose end they came. */
async function activityOf(sound: Int16Array, times: Rule['activity']): Promise<VADEvent[][]> {
  const stream = new inference.VAD({ model: 'silero', ...times }).stream();
  const windows = Math.floor(sound.length / WINDOW_SAMPLES);
  const push = (data: Int16Array) =>
    stream.pushFrame(new AudioFrame(data, MOONSHINE_RATE, 1, data.length));
  push(sound.subarray(0, windows * WINDOW_SAMPLES));
  // One more, after which everything about the last window has come.
  push(new Int16Array(WINDOW_SAMPLES));
  const events: VADEvent[][] = [];
  for await (const event of stream) {
    if (event.type === VADEventType.INFERENCE_DONE) {
      if (events.length === windows) break;
      events.push([]);
    }
    events.at(-1)?.push(event);
  }
  stream.close();
  return events;
}

/** All ends of turns in a sound (at 16 kHz). Speech to text takes its processor time, whatever else the machine does. */
export async function turnsIn(
  { sound, after }: { readonly sound: Float32Array; readonly after: string },
  rule: Rule,
  moonshine: Moonshine,
): Promise<readonly Decision[]> {
  const samples = Int16Array.from(sound, (sample) => sample * 32_767);
  const decisions: Decision[] = [];
  const clock = new SoundClock();
  let speaking = false;
  let silentSince = 0;
  let words = '';
  let owed = false;
  let tail = new Int16Array();
  let looked = false;
  let cancel = () => {};
  let round = 0;

  async function begin(): Promise<void> {
    cancel();
    if (words === '') return;
    round += 1;
    const mine = round;
    const ms = await clock.takes(() => rule.wait({ after, words, owed, tail }));
    if (mine !== round || speaking) return;
    cancel = clock.at(silentSince + ms, () => {
      decisions.push({ at: clock.now, words });
      words = '';
    });
  }

  let finals = Promise.resolve();
  const never = new AbortController().signal;
  const listener: Listener = new Listener({
    transcribe: (heard, signal) => {
      const floats = Float32Array.from(heard, (sample) => sample / 32_768);
      return Promise.race([
        clock.takes(() => moonshine.transcribe(floats, new AbortController().signal)),
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
      ]);
    },
    onStart: () => {},
    onInterim: () => {
      owed = true;
    },
    onEnd: (segment) => {
      finals = finals.then(async () => {
        const text = await listener.final(segment, never);
        owed = false;
        words = `${words} ${text}`.trim();
        if (!speaking) await begin();
      });
    },
  });

  for (const [index, events] of (await activityOf(samples, rule.activity)).entries()) {
    const end = (index + 1) * WINDOW_MS;
    await clock.moveTo(end);
    for (const event of events) {
      if (event.type === VADEventType.START_OF_SPEECH) {
        speaking = true;
        round += 1;
        cancel();
      } else if (event.type === VADEventType.END_OF_SPEECH) {
        speaking = false;
        silentSince = end - event.silenceDuration;
        void begin();
      } else {
        if (event.rawAccumulatedSpeech > 0) looked = false;
        const upTo = (index + 1) * WINDOW_SAMPLES;
        if (speaking && !looked && event.rawAccumulatedSilence >= LOOK_MS) {
          tail = samples.slice(Math.max(0, upTo - TAIL_SAMPLES), upTo);
          looked = true;
        }
        listener.hear(samples.slice(upTo - WINDOW_SAMPLES, upTo), event.probability);
      }
    }
  }
  await clock.moveTo((samples.length * 1_000) / MOONSHINE_RATE);
  return decisions;
}
