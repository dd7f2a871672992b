// The talk of a rehearsal: its lines one after the other, or what a language model makes of its goal.

import type { LineResult } from '../lib/calls/test-calls/result';
import { waitFor } from '../lib/core/wait';
import { isAskedAgain, saidTwice } from '../lib/simulations/again';
import type { FiledRehearsal, RehearsalGoal, RehearsalLine } from '../lib/simulations/rehearsal';
import type { Caller } from './caller';
import { type Model, NO_MODEL } from './model/model';
import { type NextLine, playGoal } from './model/play-goal';
import { car, cough, dishes, door } from './noises';
import { playLine } from './play-line';
import { joined, quiet, together } from './sounds';
import type { Speech } from './speech';

/** Seeds of the noises: the same on each run. */
const NOISE = {
  cough: () => cough(3, 1),
  door: () => door(1),
  dishes: () => dishes(1),
  car: () => car(1),
} as const;

/** Milliseconds without an agent after which it has hung up: one that hands over is followed by another. */
const GONE_MS = 3_000;

/** The sound of a line; undefined where the caller makes none. */
async function soundOf(
  line: RehearsalLine,
  { caller: { voice, speed, pause: gap } }: FiledRehearsal,
  speech: Speech,
): Promise<Float32Array | undefined> {
  const { say, noise, beside } = line;
  const own = [
    ...(noise ? [NOISE[noise](), quiet(200)] : []),
    ...(say ? [await speech.speak(say, line.voice ?? voice, speed, gap)] : []),
  ];
  if (own.length === 0) return undefined;
  if (!beside) return joined(own);
  return together(joined(own), await speech.speak(beside.say, beside.voice, speed, gap));
}

/** What a talk is held with. */
export interface Talking {
  readonly rehearsal: FiledRehearsal;
  readonly speech: Speech;
  /** Plays callers with a goal; undefined where the settings name none. */
  readonly model: Model | undefined;
  readonly signal: AbortSignal;
  /** Told of each line when it begins, and of what came of it. */
  readonly onBegin: () => void;
  readonly onLine: (result: LineResult) => void;
}

/** A talk that is ready: whoever has to be made ready is not waited for in the call. */
export type Talk = (caller: Caller) => Promise<void>;

/** Makes a talk ready. @throws Error in words, where it needs a model that there is not */
export async function readyTalk(talking: Talking): Promise<Talk> {
  const { rehearsal, model } = talking;
  const { goal, criteria } = rehearsal;
  if ((goal || criteria) && !model) throw new Error(NO_MODEL);
  return goal && model ? readyGoal(talking, goal, model) : readyLines(talking);
}

async function readyLines({ rehearsal, speech, signal, ...told }: Talking): Promise<Talk> {
  const { talk } = rehearsal;
  const sounds: (Float32Array | undefined)[] = [];
  for (const line of talk) sounds.push(await soundOf(line, rehearsal, speech));
  return async (caller) => {
    for (const [at, line] of talk.entries()) {
      told.onBegin();
      const cutShort = talk[at + 1]?.over === true;
      const { atOnce } = rehearsal.caller;
      const playing = { caller, speech, line, sound: sounds[at], cutShort, atOnce, signal };
      const result = await playLine({ ...playing, first: at === 0 });
      if (isAskedAgain(line, result)) {
        const once = { ...playing, line: { ...line, over: false }, first: false };
        told.onLine(saidTwice(result, await playLine(once)));
      } else {
        told.onLine(result);
      }
    }
  };
}

function readyGoal(talking: Talking, goal: RehearsalGoal, model: Model): Talk {
  const { rehearsal, speech, signal, onBegin, onLine } = talking;
  const { within } = goal;
  return async (caller) => {
    const say = async (next: NextLine | undefined) => {
      onBegin();
      const line: RehearsalLine = next
        ? { say: next.words, hangUp: next.hangsUp, within }
        : { hear: [], within };
      const sound = await soundOf(line, rehearsal, speech);
      const part = { first: next === undefined, cutShort: false, atOnce: false };
      const result = await playLine({ caller, speech, line, sound, signal, ...part });
      onLine(result);
      return result;
    };
    const over = async () => caller.alone && !(await waitFor(GONE_MS, () => !caller.alone, signal));
    await playGoal({ goal, model, say, over, signal });
  };
}
