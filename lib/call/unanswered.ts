// Whether an agent owes the caller an answer for too long. An agent that was not written for Callboard may report no
// error, and one that is stuck stays in the room as "listening" or "speaking": only its silence shows that something is wrong.
import type { Line } from '@/lib/call/line';

/** Milliseconds without an answer to words from an agent that is listening. Our own choice: models that work are faster. */
export const LISTENING_MS = 8_000;
/** The same if the caller was heard, and no words came of it: that may have been no speech. */
export const UNHEARD_MS = 12_000;
/** The same for an agent that is thinking, because tools may take long, or that reports no state. */
export const THINKING_MS = 30_000;
/**
 * Milliseconds of the caller's sound that need an answer. LiveKit reports every 400 ms who is speaking, so this is at least
 * 0.6 s of speech: no cough, and no "mm-hm".
 */
export const SPOKEN_MS = 1_000;

/** What is known at one moment. */
export interface Moment {
  /** Milliseconds, of any clock. */
  readonly now: number;
  readonly lines: readonly Line[];
  /** Whether LiveKit hears the caller. */
  readonly speaking: boolean;
  /** The agent that should answer; undefined if there is none, or if somebody else may answer too. */
  readonly agent:
    | {
        readonly identity: string;
        readonly state: string | undefined;
        /** Whether LiveKit hears its voice. */
        readonly audible: boolean;
      }
    | undefined;
  /** Whether time does not count, because nothing can arrive. */
  readonly paused: boolean;
}

/** What the caller has asked, and what came of it so far. */
export interface Awaited {
  readonly now: number;
  /** Key of the caller's line, if it is the last line of the transcript. */
  readonly question: string | undefined;
  /** The last line that is not the caller's, as far as it is known. */
  readonly told: string | undefined;
  /** Whether the agent has begun to speak since. */
  readonly answered: boolean;
  /** For how many milliseconds LiveKit has heard the caller since the agent last began to speak or write. */
  readonly spokenMs: number;
  /** The last sign that somebody is at work. */
  readonly since: number;
  readonly agent: Moment['agent'];
  /** Whether the caller should be told. */
  readonly late: boolean;
}

export const NOTHING_AWAITED: Awaited = {
  now: 0,
  question: undefined,
  told: undefined,
  answered: false,
  spokenMs: 0,
  since: 0,
  agent: undefined,
  late: false,
};

const isCallers = (line: Line | undefined) => line?.kind === 'speech' && line.voice.side === 'you';

/** The caller's words, if nothing came after them. Pressed keys need no answer. */
function questionIn(lines: readonly Line[]): string | undefined {
  const last = lines.at(-1);
  if (last?.kind !== 'speech' || !isCallers(last)) return undefined;
  return last.final && !last.pressed ? last.key : undefined;
}

/** The last line that is not the caller's, with how much of it has come. */
function toldIn(lines: readonly Line[]): string | undefined {
  const last = lines.findLast((line) => !isCallers(line));
  return last && `${last.key} ${last.kind === 'speech' ? last.text.length : ''}`;
}

/** How long the agent may be silent. */
function limitOf({ state }: NonNullable<Moment['agent']>, isQuestion: boolean): number {
  if (state === 'listening') return isQuestion ? LISTENING_MS : UNHEARD_MS;
  return state === 'speaking' ? UNHEARD_MS : THINKING_MS;
}

const speaks = (agent: Moment['agent']) => agent?.audible === true || agent?.state === 'speaking';

/** What is awaited after this moment. */
export function nextAwaited(before: Awaited, moment: Moment): Awaited {
  const { now, lines, speaking, agent, paused } = moment;
  const question = questionIn(lines);
  const told = toldIn(lines);
  const hasAsked = question !== before.question;
  const writes = told !== before.told;
  const isOther = agent?.identity !== before.agent?.identity;
  const begins = !isOther && speaks(agent) && !speaks(before.agent);
  const answered = begins || (!hasAsked && before.answered);
  const isOver = !agent || isOther || begins || (writes && !isCallers(lines.at(-1)));
  // What the microphone hears of the agent's own voice is no question.
  const counts = speaking && !paused && !agent?.audible;
  const spokenMs = isOver ? 0 : before.spokenMs + (counts ? now - before.now : 0);
  const atWork =
    isOver ||
    hasAsked ||
    writes ||
    paused ||
    speaking ||
    agent.audible ||
    agent.state !== before.agent?.state;
  const since = atWork ? now : before.since;
  const isQuestion = question !== undefined && !answered;
  const owes = isQuestion || spokenMs >= SPOKEN_MS;
  const late = !atWork && owes && now - since >= limitOf(agent, isQuestion);
  return { now, question, told, answered, spokenMs, since, agent, late };
}
