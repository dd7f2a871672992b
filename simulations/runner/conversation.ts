// The conversation of a scenario: its lines in order, or those that a language model generates for its goal. For each line
// the caller waits for its turn as people do (or not), speaks, and listens until the agent has finished.
import { setTimeout as pause } from 'node:timers/promises';
import { type LineResult, TEXT_MAX } from '@/lib/calls/test-calls/result';
import { englishDuration } from '@/lib/core/figures';
import { waitFor } from '@/lib/core/wait';
import type { ScenarioFile, ScenarioGoal, ScenarioLine } from '@/lib/simulations/scenarios';
import type { Caller } from '@/scripts/test-caller/caller';
import { joined, NOISES, quiet, together } from '@/scripts/test-caller/sounds';
import { isAskedToRepeat, judgeAnswer, limitOf, mergeRepeated } from '@/simulations/runner/judge';
import { type Model, NO_MODEL, playGoal } from '@/simulations/runner/language-model';
import type { Speech } from '@/simulations/runner/speech';

/** Dependencies of a conversation. */
export interface TalkContext {
  readonly scenario: ScenarioFile;
  readonly speech: Speech;
  /** Plays callers with a goal; undefined if no model is configured. */
  readonly model: Model | undefined;
  readonly signal: AbortSignal;
  readonly onBegin: () => void;
  readonly onLine: (result: LineResult) => void;
}

/** A prepared conversation: speech is synthesized before the call. */
type Talk = (caller: Caller) => Promise<void>;

/** Prepares a conversation. @throws Error with a readable message if it needs a model and none is configured */
export async function prepareTalk(context: TalkContext): Promise<Talk> {
  const { scenario, model } = context;
  const { goal, criteria } = scenario;
  if ((goal || criteria) && !model) throw new Error(NO_MODEL);
  return goal && model ? prepareGoal(context, goal, model) : prepareLines(context);
}

/** The audio of a line; undefined if the caller is silent. */
async function soundOf(
  line: ScenarioLine,
  { caller: { voice, speed, pause: gap } }: ScenarioFile,
  speech: Speech,
): Promise<Float32Array | undefined> {
  const { say, noise, beside } = line;
  const own = [
    ...(noise ? [NOISES[noise](), quiet(200)] : []),
    ...(say ? [await speech.speak(say, line.voice ?? voice, speed, gap)] : []),
  ];
  if (own.length === 0) return undefined;
  if (!beside) return joined(own);
  return together(joined(own), await speech.speak(beside.say, beside.voice, speed, gap));
}

async function prepareLines(context: TalkContext): Promise<Talk> {
  const { scenario, speech, signal, onBegin, onLine } = context;
  const { talk } = scenario;
  const sounds: (Float32Array | undefined)[] = [];
  for (const line of talk) sounds.push(await soundOf(line, scenario, speech));
  return async (caller) => {
    for (const [at, line] of talk.entries()) {
      onBegin();
      const cutShort = talk[at + 1]?.over === true;
      const { atOnce } = scenario.caller;
      const playing = { caller, speech, line, sound: sounds[at], cutShort, atOnce, signal };
      const result = await playLine({ ...playing, first: at === 0 });
      if (isAskedToRepeat(line, result)) {
        const once = { ...playing, line: { ...line, over: false }, first: false };
        onLine(mergeRepeated(result, await playLine(once)));
      } else {
        onLine(result);
      }
    }
  };
}

/** Milliseconds without an agent after which it has hung up; after a handoff another agent joins sooner. */
const GONE_MS = 3_000;

function prepareGoal(context: TalkContext, goal: ScenarioGoal, model: Model): Talk {
  const { scenario, speech, signal, onBegin, onLine } = context;
  const { within } = goal;
  return (caller) =>
    playGoal({
      ...{ goal, model, signal },
      async say(next) {
        onBegin();
        const line: ScenarioLine = next
          ? { say: next.words, hangUp: next.hangsUp, within }
          : { hear: [], within };
        const sound = await soundOf(line, scenario, speech);
        const part = { first: next === undefined, cutShort: false, atOnce: false };
        const result = await playLine({ caller, speech, line, sound, signal, ...part });
        onLine(result);
        return result;
      },
      over: async () => caller.alone && !(await waitFor(GONE_MS, () => !caller.alone, signal)),
    });
}

/** Milliseconds for an agent to join and finish its greeting, or a response, before a caller continues. */
const TURN_MS = 30_000;
const NOBODY = `No agent could be heard within ${englishDuration(TURN_MS)}. Is a worker registered under this name, on this deployment?`;
/** Milliseconds to listen after the limit, so that a late response is reported as late. */
const LATE_MS = 4_000;
/** Milliseconds of the agent's speech before somebody interrupts it in mid-sentence. */
const UNDER_WAY_MS = 700;
/** Milliseconds for the agent to continue if an expected phrase is still missing. */
const MORE_MS = 3_000;
/** Milliseconds within which audio is still playing. */
const NOW_MS = 250;

interface LineContext {
  readonly caller: Caller;
  readonly speech: Speech;
  readonly line: ScenarioLine;
  /** Its audio; undefined if the caller is silent. */
  readonly sound: Float32Array | undefined;
  readonly first: boolean;
  readonly cutShort: boolean;
  /** Whether the caller speaks before the agent has joined. */
  readonly atOnce: boolean;
  readonly signal: AbortSignal;
}

function isUnderWay(caller: Caller): boolean {
  if (!(Date.now() - caller.heardAt < NOW_MS)) return false;
  const last = caller.segments(0).at(-1);
  return last !== undefined && Date.now() - last.from > UNDER_WAY_MS;
}

async function waitForTurn({ caller, line, first, atOnce, signal }: LineContext): Promise<void> {
  if (first && atOnce) return;
  if (line.over) {
    await waitFor(TURN_MS, () => isUnderWay(caller), signal);
  } else if (!Number.isNaN(caller.heardAt) || line.say !== undefined) {
    await waitFor(TURN_MS, () => caller.finished, signal);
    if (!caller.isAnswered) throw new Error(NOBODY);
  }
}

async function heardSince({ caller, speech }: LineContext, since: number): Promise<string> {
  const texts: string[] = [];
  for (const { sound } of caller.segments(since)) texts.push(await speech.hear(sound));
  return texts.filter(Boolean).join(' ').slice(0, TEXT_MAX);
}

/** Plays a line. Resolves with the result. @throws the signal's reason once it is aborted */
async function playLine(context: LineContext): Promise<LineResult> {
  const { caller, line, sound, first, cutShort, signal } = context;
  const listensFirst = first && sound === undefined && line.wait === undefined;
  if (!listensFirst) await waitForTurn(context);
  // The greeting may have begun before the microphone was on.
  const since = listensFirst ? 0 : Date.now();
  caller.forgetBefore(since);
  if (sound) await caller.microphone.play(sound);
  const said = line.say ?? '';
  if (line.hangUp) {
    const misses = judgeAnswer(line, { heard: '', agent: caller.agentName });
    return { said, heard: '', misses };
  }
  if (line.wait) await pause(line.wait * 1_000, undefined, { signal });
  const askedAt = listensFirst ? caller.joinedAt : sound ? caller.microphone.to : since;
  const begins = listensFirst || !sound ? since : caller.microphone.from;
  const answer = () => caller.segments(since).find(({ from }) => from > begins);
  /** The response latency, if there was a response to a question. */
  const latency = (): { delayMs?: number } => {
    const delayMs = Math.round((answer()?.from ?? Number.NaN) - askedAt);
    return Number.isNaN(delayMs) ? {} : { delayMs };
  };
  const mustAnswer = line.hear !== undefined || line.say !== undefined;
  const limitMs = Math.max(0, askedAt + limitOf(line) + LATE_MS - Date.now());
  if (mustAnswer) await waitFor(limitMs, () => answer() !== undefined, signal);
  if (cutShort) return { said, heard: '', ...latency(), misses: [] };
  if (answer()) await waitFor(TURN_MS, () => caller.finished, signal);
  const judge = async (): Promise<LineResult> => {
    const heard = await heardSince(context, since);
    const misses = judgeAnswer(line, { heard, ...latency(), agent: caller.agentName });
    return { said, heard, ...latency(), misses };
  };
  let result = await judge();
  // Agents call tools and hand off in the middle of their speech.
  while (answer() && result.misses.some(({ kind }) => kind !== 'late' && kind !== 'heard')) {
    const before = caller.heardAt;
    if (!(await waitFor(MORE_MS, () => caller.heardAt > before, signal))) break;
    await waitFor(TURN_MS, () => caller.finished, signal);
    result = await judge();
  }
  return result;
}
