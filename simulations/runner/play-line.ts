// Plays one line of a conversation: the caller waits for its turn as people do (or not), speaks, and listens until the
// agent has finished.
import { setTimeout as pause } from 'node:timers/promises';
import { type LineResult, TEXT_MAX } from '../../lib/calls/test-calls/result';
import { waitFor } from '../../lib/core/wait';
import type { ScenarioLine } from '../../lib/simulations/scenario';
import type { Caller } from './caller';
import { judgeAnswer, limitOf } from './judge';
import type { Speech } from './speech';

/** Milliseconds for an agent to join and finish its greeting, or a response, before a caller continues. */
const TURN_MS = 30_000;
const NOBODY = `No agent could be heard within ${TURN_MS / 1_000} s. Is a worker registered under this name, on this deployment?`;
/** Milliseconds to listen after the limit, so that a late response is reported as late. */
const LATE_MS = 4_000;
/** Milliseconds of the agent's speech before somebody interrupts it in mid-sentence. */
const UNDER_WAY_MS = 700;
/** Milliseconds for the agent to continue if an expected phrase is still missing. */
const MORE_MS = 3_000;
/** Milliseconds within which audio is still playing. */
const NOW_MS = 250;

/** Dependencies of a line. */
export interface LineContext {
  readonly caller: Caller;
  readonly speech: Speech;
  readonly line: ScenarioLine;
  /** Its audio; undefined if the caller is silent. */
  readonly sound: Float32Array | undefined;
  readonly first: boolean;
  /** Whether the next line interrupts the response to this one. */
  readonly cutShort: boolean;
  /** Whether the caller speaks before the agent has joined. */
  readonly atOnce: boolean;
  readonly signal: AbortSignal;
}

/** When the agent's current speech began; undefined while it is silent. */
function speechStart(caller: Caller): number | undefined {
  if (!(Date.now() - caller.heardAt < NOW_MS)) return undefined;
  return caller.segments(0).at(-1)?.from;
}

/** Waits for the caller's turn to speak. */
async function waitForTurn({ caller, line, first, atOnce, signal }: LineContext): Promise<void> {
  if (first && atOnce) return;
  if (line.over) {
    const mid = () => Date.now() - (speechStart(caller) ?? Number.POSITIVE_INFINITY) > UNDER_WAY_MS;
    await waitFor(TURN_MS, mid, signal);
  } else if (!Number.isNaN(caller.heardAt) || line.say !== undefined) {
    await waitFor(TURN_MS, () => caller.finished, signal);
    if (!caller.answered) throw new Error(NOBODY);
  }
}

/** The transcript from a moment on. */
async function heardSince({ caller, speech }: LineContext, since: number): Promise<string> {
  const texts: string[] = [];
  for (const { sound } of caller.segments(since)) texts.push(await speech.hear(sound));
  return texts.filter(Boolean).join(' ').slice(0, TEXT_MAX);
}

/** Plays a line. Resolves with the result. @throws the signal's reason once it is aborted */
export async function playLine(playing: LineContext): Promise<LineResult> {
  const { caller, line, sound, first, cutShort, signal } = playing;
  const listensFirst = first && sound === undefined && line.wait === undefined;
  if (!listensFirst) await waitForTurn(playing);
  // The greeting may have begun before the microphone was on.
  const since = listensFirst ? 0 : Date.now();
  caller.forgetBefore(since);
  if (sound) await caller.microphone.play(sound);
  const said = line.say ?? '';
  if (line.hangUp) return { said, heard: '', misses: judgeAnswer(line, nothing(caller)) };
  if (line.wait) await pause(line.wait * 1_000, undefined, { signal });
  const askedAt = listensFirst ? caller.joinedAt : sound ? caller.microphone.to : since;
  const begins = listensFirst || !sound ? since : caller.microphone.from;
  const answer = () => caller.segments(since).find(({ from }) => from > begins);
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
  // Agents call tools and hand over in the middle of their speech.
  while (answer() && judged.misses.some(({ kind }) => kind !== 'late' && kind !== 'heard')) {
    const before = caller.heardAt;
    if (!(await waitFor(MORE_MS, () => caller.heardAt > before, signal))) break;
    await waitFor(TURN_MS, () => caller.finished, signal);
    judged = await judge();
  }
  return { said, ...judged, ...delay(answer()?.from, askedAt) };
}

const nothing = ({ agent }: Caller) => ({ heard: '', delayMs: undefined, agent });

/** The response latency, if there was a response to a question. */
function delay(from: number | undefined, askedAt: number): { delayMs?: number } {
  return from === undefined || Number.isNaN(askedAt) ? {} : { delayMs: Math.round(from - askedAt) };
}
