// What is heard while the agent talks: whether it stops, how soon, and what becomes of it.
import { VADEventType } from '@livekit/agents';
import { FLITE_VOICES, type Flite } from '../../agent/speech/flite';
import { WINDOW_MS, WINDOW_SAMPLES } from '../../agent/speech/segmenter';
import { isBackchannel } from '../../agent/turns/backchannel';
import { FALSE_INTERRUPTION_MS, INTERRUPTION_MS } from '../../agent/turns/handling';
import { VAD_TIMES } from '../../agent/turns/vad';
import { SoundClock } from './clock';
import { hearing, type Recogniser, voiceActivity } from './hearing';
import { car, cough, dishes, door, mmHm } from './noises';
import { at, sorted } from './outcome';
import { spoken, type Take, takeOf } from './sounds';

const REAL = [
  'Stop.',
  'Wait.',
  'No.',
  'Sorry, one moment.',
  'No, not on Monday.',
  'Can I say something?',
  'Hold on.',
  'Excuse me.',
];
const LISTENING = ['Uh-huh.', 'Okay.', 'Yeah.', 'Right.', 'I see.'];
/** Hertz of men's and women's voices. */
const PITCHES = [105, 130, 180, 220];
const HEARD = ['interruption', 'listening sound', 'cough', 'noise'] as const;
type Heard = (typeof HEARD)[number];

/** Sounds over the agent's voice, each in all voices. */
export function overlaps(flite: Flite): Take[] {
  const inAll = (kind: Heard, list: readonly string[]) =>
    list.flatMap((say, index) =>
      FLITE_VOICES.map((voice, other) => {
        const sound = spoken(flite, say, voice);
        return takeOf({ name: `${say} (${voice})`, kind, sound, seed: 100 + index * 10 + other });
      }),
    );
  const coughs = [1, 2, 3, 2, 1].map((bursts, index) => {
    const sound = cough(bursts, index + 1);
    return takeOf({
      name: `cough of ${bursts}, ${index + 1}`,
      kind: 'cough',
      sound,
      seed: 200 + index,
    });
  });
  const hums = PITCHES.map((pitch, index) => {
    const sound = mmHm(pitch);
    return takeOf({
      name: `mm-hm at ${pitch} Hz`,
      kind: 'listening sound',
      sound,
      seed: 300 + index,
    });
  });
  const noises = Object.entries({ door, dishes, car }).flatMap(([what, make]) =>
    [1, 2, 3, 4].map((seed) => {
      return takeOf({
        name: `${what} ${seed}`,
        kind: 'noise',
        sound: make(seed),
        seed: 400 + seed,
      });
    }),
  );
  return [
    ...inAll('interruption', REAL),
    ...inAll('listening sound', LISTENING),
    ...hums,
    ...coughs,
    ...noises,
  ];
}

/** What became of a sound; times in milliseconds after it began. */
export interface Overlap {
  readonly take: Take;
  /** When the agent fell silent. */
  readonly paused: number | undefined;
  /** When it went on. */
  readonly resumed: number | undefined;
  readonly words: string;
  /** Whether the words became a turn, and the agent stopped for good. */
  readonly turn: boolean;
}

/** A sound while the agent talks, as the framework's `voice/agent_activity.js` deals with it. */
export async function overlap(take: Take, recogniser: Recogniser): Promise<Overlap> {
  const clock = new SoundClock();
  const begins = take.begins ?? 0;
  let paused: number | undefined;
  let resumed: number | undefined;
  let turn = false;
  const said: string[] = [];
  let cancel = () => {};
  const listener = hearing(clock, recogniser, {
    started: () => {},
    interim: () => {},
    final: (text) => {
      said.push(text);
      if (isBackchannel(text)) return;
      paused ??= clock.now;
      turn = true;
      cancel();
    },
    ended: () => {},
  });
  for (const [index, events] of (await voiceActivity(take.sound, VAD_TIMES)).entries()) {
    await clock.moveTo((index + 1) * WINDOW_MS);
    for (const event of events) {
      if (event.type === VADEventType.START_OF_SPEECH) cancel();
      if (event.type === VADEventType.INFERENCE_DONE) {
        if (event.speechDuration >= INTERRUPTION_MS) paused ??= clock.now;
        const window = take.sound.slice(index * WINDOW_SAMPLES, (index + 1) * WINDOW_SAMPLES);
        listener.hear(window, event.probability);
      }
      if (event.type === VADEventType.END_OF_SPEECH && paused !== undefined && !turn) {
        cancel = clock.at(clock.now + FALSE_INTERRUPTION_MS, () => {
          resumed ??= clock.now;
        });
      }
    }
  }
  const after = (time: number | undefined) => (time === undefined ? time : time - begins);
  return { take, paused: after(paused), resumed: after(resumed), words: said.join(' '), turn };
}

/** All sounds of a kind. Milliseconds after the sound began; the pause is until the agent goes on. */
export interface OverlapRow {
  readonly kind: string;
  readonly sounds: number;
  readonly stopped: number;
  readonly paused: number;
  readonly median: number;
  readonly p90: number;
  readonly pauseMs: number;
}

/** A row for each kind of sound over the agent's voice. */
export function overlapRows(all: readonly Overlap[]): OverlapRow[] {
  return HEARD.map((kind) => {
    const some = all.filter(({ take }) => take.kind === kind);
    const paused = sorted(some.flatMap((one) => one.paused ?? []));
    const pauses = some.flatMap((one) =>
      one.turn || one.resumed === undefined ? [] : one.resumed - (one.paused ?? 0),
    );
    return {
      kind,
      sounds: some.length,
      stopped: some.filter(({ turn }) => turn).length,
      paused: paused.length,
      median: at(paused, 0.5),
      p90: at(paused, 0.9),
      pauseMs: at(sorted(pauses), 0.5),
    };
  });
}
