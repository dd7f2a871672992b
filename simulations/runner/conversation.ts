// The conversation of a scenario: its lines in order, or those that a language model generates for its goal.

import type { LineResult } from '../../lib/calls/test-calls/result';
import { waitFor } from '../../lib/core/wait';
import type { ScenarioFile, ScenarioGoal, ScenarioLine } from '../../lib/simulations/scenario';
import type { Caller } from './caller';
import { type Model, NO_MODEL } from './language-model';
import { car, cough, dishes, door } from './noises';
import { type NextLine, playGoal } from './play-goal';
import { playLine } from './play-line';
import { isAskedToRepeat, mergeRepeated } from './repeat';
import { joined, quiet, together } from './sounds';
import type { Speech } from './speech';

/** Seeds of the noises, the same in each run. */
const NOISE = {
  cough: () => cough(3, 1),
  door: () => door(1),
  dishes: () => dishes(1),
  car: () => car(1),
} as const;

/** Milliseconds without an agent after which it has hung up; after a handover another agent joins sooner. */
const GONE_MS = 3_000;

/** The audio of a line; undefined if the caller is silent. */
async function soundOf(
  line: ScenarioLine,
  { caller: { voice, speed, pause: gap } }: ScenarioFile,
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

/** Dependencies of a conversation. */
export interface TalkContext {
  readonly scenario: ScenarioFile;
  readonly speech: Speech;
  /** Plays callers with a goal; undefined if no model is configured. */
  readonly model: Model | undefined;
  readonly signal: AbortSignal;
  /** Called when a line begins, and with its result. */
  readonly onBegin: () => void;
  readonly onLine: (result: LineResult) => void;
}

/** A prepared conversation: speech is synthesized before the call. */
export type Talk = (caller: Caller) => Promise<void>;

/** Prepares a conversation. @throws Error with a readable message if it needs a model and none is configured */
export async function prepareTalk(talking: TalkContext): Promise<Talk> {
  const { scenario, model } = talking;
  const { goal, criteria } = scenario;
  if ((goal || criteria) && !model) throw new Error(NO_MODEL);
  return goal && model ? prepareGoal(talking, goal, model) : prepareLines(talking);
}

async function prepareLines({ scenario, speech, signal, ...told }: TalkContext): Promise<Talk> {
  const { talk } = scenario;
  const sounds: (Float32Array | undefined)[] = [];
  for (const line of talk) sounds.push(await soundOf(line, scenario, speech));
  return async (caller) => {
    for (const [at, line] of talk.entries()) {
      told.onBegin();
      const cutShort = talk[at + 1]?.over === true;
      const { atOnce } = scenario.caller;
      const playing = { caller, speech, line, sound: sounds[at], cutShort, atOnce, signal };
      const result = await playLine({ ...playing, first: at === 0 });
      if (isAskedToRepeat(line, result)) {
        const once = { ...playing, line: { ...line, over: false }, first: false };
        told.onLine(mergeRepeated(result, await playLine(once)));
      } else {
        told.onLine(result);
      }
    }
  };
}

function prepareGoal(talking: TalkContext, goal: ScenarioGoal, model: Model): Talk {
  const { scenario, speech, signal, onBegin, onLine } = talking;
  const { within } = goal;
  return async (caller) => {
    const say = async (next: NextLine | undefined) => {
      onBegin();
      const line: ScenarioLine = next
        ? { say: next.words, hangUp: next.hangsUp, within }
        : { hear: [], within };
      const sound = await soundOf(line, scenario, speech);
      const part = { first: next === undefined, cutShort: false, atOnce: false };
      const result = await playLine({ caller, speech, line, sound, signal, ...part });
      onLine(result);
      return result;
    };
    const over = async () => caller.alone && !(await waitFor(GONE_MS, () => !caller.alone, signal));
    await playGoal({ goal, model, say, over, signal });
  };
}
