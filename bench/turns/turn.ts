// One sound through ears and decision: when each turn was taken to be over. It follows the framework's
// `voice/audio_recognition.js`: silence and final words each start the wait anew, speech ends it.
import { VADEventType } from '@livekit/agents';
import { WINDOW_MS, WINDOW_SAMPLES } from '../../agent/speech/segmenter';
import { SoundClock } from './clock';
import type { Decider } from './deciders';
import { hearing, type Recogniser, voiceActivity } from './hearing';
import type { Take } from './sounds';

/** A turn was taken to be over. */
export interface Decision {
  /** Milliseconds of the sound. */
  readonly at: number;
  readonly words: string;
}

/** Silence after which the framework's model looks at the sound (`inference/eot/base.js`), and how much of it. */
const LOOK_MS = 200;
const TAIL_SAMPLES = 19_200;

/** When a way of deciding takes the turns of a sound to be over. */
export async function decide(
  { sound, after }: Take,
  decider: Decider,
  recogniser: Recogniser,
): Promise<Decision[]> {
  const decisions: Decision[] = [];
  const clock = new SoundClock();
  let speaking = false;
  let silentSince = 0;
  let words = '';
  let owed = false;
  let tail = new Int16Array();
  let cancel = () => {};
  let round = 0;

  async function begin() {
    cancel();
    if (words === '') return;
    round += 1;
    const mine = round;
    // Its own work is not counted: 10 ms for the model, nothing for the others.
    const known = { after, words, owed, tail };
    const wait = await clock.takes(async () => ({ value: await decider.wait(known), cost: 0 }));
    if (mine !== round || speaking) return;
    cancel = clock.at(silentSince + wait, () => {
      decisions.push({ at: clock.now, words });
      words = '';
    });
  }

  const listener = hearing(clock, recogniser, {
    started: () => {
      owed = true;
    },
    interim: () => {},
    final: (text) => {
      words = `${words} ${text}`.trim();
      owed = false;
      if (!speaking) void begin();
    },
    ended: () => {
      if (!owed) return;
      owed = false;
      // Nothing came of it: what was said before counts as it is.
      if (!speaking) void begin();
    },
  });

  let looked = false;
  for (const [index, events] of (await voiceActivity(sound, decider.vad)).entries()) {
    const end = (index + 1) * WINDOW_MS;
    await clock.moveTo(end);
    for (const event of events) {
      if (event.type === VADEventType.START_OF_SPEECH) {
        speaking = true;
        looked = false;
        round += 1;
        cancel();
      }
      if (event.type === VADEventType.INFERENCE_DONE) {
        const window = sound.subarray(index * WINDOW_SAMPLES, (index + 1) * WINDOW_SAMPLES);
        if (event.rawAccumulatedSpeech > 0) looked = false;
        if (speaking && !looked && event.rawAccumulatedSilence >= LOOK_MS) {
          const upTo = (index + 1) * WINDOW_SAMPLES;
          tail = sound.slice(Math.max(0, upTo - TAIL_SAMPLES), upTo);
          looked = true;
        }
        listener.hear(window.slice(), event.probability);
      }
      if (event.type === VADEventType.END_OF_SPEECH) {
        speaking = false;
        silentSince = end - event.silenceDuration;
        void begin();
      }
    }
  }
  await clock.moveTo(sound.length / (WINDOW_SAMPLES / WINDOW_MS));
  return decisions;
}
