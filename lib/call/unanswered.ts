// Whether an agent owes the caller an answer for too long. An agent that was not written for Callboard may report no
// error, and a closed `AgentSession` stays in the room as "listening": only its silence shows that something is wrong.
import type { Line } from '@/lib/call/line';

/** Milliseconds without an answer from an agent that is listening. Our own choice: models that work are faster. */
export const LISTENING_MS = 8_000;
/** The same for an agent that is thinking, because tools may take long, or that reports no state. */
export const THINKING_MS = 30_000;

/** What is known at one moment. */
export interface Moment {
  /** Milliseconds, of any clock. */
  readonly now: number;
  readonly lines: readonly Line[];
  /** The agent that should answer; undefined if there is none, or if a person may answer too. */
  readonly agent: { readonly state: string | undefined; readonly speaking: boolean } | undefined;
  /** Whether time does not count: the caller is speaking, or nothing can arrive. */
  readonly paused: boolean;
}

/** A question, and what came of it so far. */
export interface Awaited {
  /** Key of the caller's line, if it is the last line of the transcript. */
  readonly question: string | undefined;
  /** Whether the agent has begun to speak since. */
  readonly answered: boolean;
  /** The last sign that somebody is at work. */
  readonly since: number;
  readonly agent: Moment['agent'];
  /** Whether the caller should be told. */
  readonly late: boolean;
}

export const NOTHING_AWAITED: Awaited = {
  question: undefined,
  answered: false,
  since: 0,
  agent: undefined,
  late: false,
};

/** The caller's words, if nothing came after them. Pressed keys need no answer. */
function questionIn(lines: readonly Line[]): string | undefined {
  const last = lines.at(-1);
  if (last?.kind !== 'speech' || last.voice.side !== 'you') return undefined;
  return last.final && !last.pressed ? last.key : undefined;
}

/** What is awaited after this moment. */
export function nextAwaited(before: Awaited, { now, lines, agent, paused }: Moment): Awaited {
  const question = questionIn(lines);
  const same = question === before.question;
  const speaking = agent?.speaking === true;
  const begins = speaking && before.agent?.speaking !== true;
  const answered = begins || (same && before.answered);
  const atWork = !same || paused || speaking || !agent || agent.state !== before.agent?.state;
  const since = atWork ? now : before.since;
  const limit = agent?.state === 'listening' ? LISTENING_MS : THINKING_MS;
  const late = question !== undefined && !answered && !atWork && now - since >= limit;
  return { question, answered, since, agent, late };
}
