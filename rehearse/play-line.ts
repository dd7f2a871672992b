// One line of a talk: the caller waits for its turn as people do, or does not, speaks, and listens until
// the agent has said all.
import { setTimeout as pause } from 'node:timers/promises';
import { type LineResult, TEXT_MAX } from '../lib/calls/test-calls/result';
import { waitFor } from '../lib/core/wait';
import { judgeAnswer, limitOf } from '../lib/simulations/judge';
import type { RehearsalLine } from '../lib/simulations/rehearsal';
import type { Caller } from './caller';
import type { Speech } from './speech';

/** Milliseconds for an agent to come and finish its greeting, or an answer, before a caller goes on. */
const TURN_MS = 30_000;
const NOBODY = `No agent could be heard within ${TURN_MS / 1_000} s. Is a worker registered under this name, on this deployment?`;
/** Milliseconds that a caller listens on after the limit, so that a late answer is told as late. */
const LATE_MS = 4_000;
/** Milliseconds of the agent's speech before somebody speaks over it: it is in mid-sentence then. */
const UNDER_WAY_MS = 700;
/** Milliseconds for more to be said where something is still missing. */
const MORE_MS = 3_000;
/** Milliseconds in which something is heard that is still going on. */
const NOW_MS = 250;

/** What a line is played with. */
export interface Playing {
  readonly caller: Caller;
  readonly speech: Speech;
  readonly line: RehearsalLine;
  /** Its sound; undefined where the caller makes none. */
  readonly sound: Float32Array | undefined;
  readonly first: boolean;
  /** Whether the next line is said over the answer to this one. */
  readonly cutShort: boolean;
  /** Whether the caller speaks before the agent is there. */
  readonly atOnce: boolean;
  readonly signal: AbortSignal;
}

/** When what the agent says now began; undefined while it says nothing. */
function underWay(caller: Caller): number | undefined {
  if (!(Date.now() - caller.heardAt < NOW_MS)) return undefined;
  return caller.stretches(0).at(-1)?.from;
}

/** Waits for the caller's turn to speak. */
async function turn({ caller, line, first, atOnce, signal }: Playing): Promise<void> {
  if (first && atOnce) return;
  if (line.over) {
    const mid = () => Date.now() - (underWay(caller) ?? Number.POSITIVE_INFINITY) > UNDER_WAY_MS;
    await waitFor(TURN_MS, mid, signal);
  } else if (!Number.isNaN(caller.heardAt) || line.say !== undefined) {
    await waitFor(TURN_MS, () => caller.finished, signal);
    if (!caller.answered) throw new Error(NOBODY);
  }
}

/** What was heard from a moment on, as text. */
async function heardSince({ caller, speech }: Playing, since: number): Promise<string> {
  const texts: string[] = [];
  for (const { sound } of caller.stretches(since)) texts.push(await speech.hear(sound));
  return texts.filter(Boolean).join(' ').slice(0, TEXT_MAX);
}

/** Plays a line; resolves with what came of it. @throws the signal's reason once that is aborted */
export async function playLine(playing: Playing): Promise<LineResult> {
  const { caller, line, sound, first, cutShort, signal } = playing;
  const listensFirst = first && sound === undefined && line.wait === undefined;
  if (!listensFirst) await turn(playing);
  // The greeting may have begun before the microphone was on.
  const since = listensFirst ? 0 : Date.now();
  caller.forgetBefore(since);
  if (sound) await caller.mouth.play(sound);
  const said = line.say ?? '';
  if (line.hangUp) return { said, heard: '', misses: judgeAnswer(line, nothing(caller)) };
  if (line.wait) await pause(line.wait * 1_000, undefined, { signal });
  const askedAt = listensFirst ? caller.joinedAt : sound ? caller.mouth.to : since;
  const begins = listensFirst || !sound ? since : caller.mouth.from;
  const answer = () => caller.stretches(since).find(({ from }) => from > begins);
  const mustAnswer = line.hear !== undefined || line.say !== undefined;
  const limitMs = Math.max(0, askedAt + limitOf(line) + LATE_MS - Date.now());
  if (mustAnswer) await waitFor(limitMs, () => answer() !== undefined, signal);
  if (cutShort) return { said, heard: '', ...delay(answer()?.from, askedAt), misses: [] };
  if (answer()) await waitFor(TURN_MS, () => caller.finished, signal);
  const judge = async () => {
    const heard = await heardSince(playing, since);
    const delayMs = delay(answer()?.from, askedAt).delayMs;
    return { heard, misses: judgeAnswer(line, { heard, delayMs, agent: caller.agent }) };
  };
  let judged = await judge();
  // Agents look things up, and hand over, in the middle of what they say.
  while (answer() && judged.misses.some(({ kind }) => kind !== 'late' && kind !== 'heard')) {
    const before = caller.heardAt;
    if (!(await waitFor(MORE_MS, () => caller.heardAt > before, signal))) break;
    await waitFor(TURN_MS, () => caller.finished, signal);
    judged = await judge();
  }
  return { said, ...judged, ...delay(answer()?.from, askedAt) };
}

const nothing = ({ agent }: Caller) => ({ heard: '', delayMs: undefined, agent });

/** The answer's delay, where there was an answer and a question. */
function delay(from: number | undefined, askedAt: number): { delayMs?: number } {
  return from === undefined || Number.isNaN(askedAt) ? {} : { delayMs: Math.round(from - askedAt) };
}
