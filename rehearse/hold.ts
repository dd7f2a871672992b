// Holds one rehearsal: calls, plays its lines, hangs up, and looks at what is known of the call.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { car, cough, dishes, door } from '../bench/turns/noises';
import type { CallDetail } from '../lib/calls/view/one-call';
import { judgeOutcome, judgeTools } from '../lib/rehearsals/judge';
import type { FiledRehearsal, RehearsalLine } from '../lib/rehearsals/rehearsal';
import { type Miss, missesOf, type RehearsalRun } from '../lib/rehearsals/result';
import { Caller } from './caller';
import type { Granted, Place } from './place';
import { playLine } from './play-line';
import { joined, quiet, together } from './sounds';
import type { Speech } from './speech';

/** Milliseconds after the call in which all of it is told, and between two looks. */
const TOLD_MS = 8_000;
const LOOK_MS = 300;

/** Seeds of the noises: the same on each run. */
const NOISE = {
  cough: () => cough(3, 1),
  door: () => door(1),
  dishes: () => dishes(1),
  car: () => car(1),
} as const;

/** What rehearsals are held with. */
export interface Holding {
  readonly place: Place;
  readonly speech: Speech;
  readonly signal: AbortSignal;
  /** Told of the run as it goes on. */
  readonly onChange: (run: RehearsalRun) => void;
}

/** Which one, how. */
export interface Part {
  readonly rehearsal: FiledRehearsal;
  /** Who is called. */
  readonly agent: string;
  /** Shown name. */
  readonly deployment: string;
  /** From 1. */
  readonly number: number;
}

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

/** Whether something is wanted that cannot be heard. */
const looksAfterwards = ({ talk, outcome }: FiledRehearsal) =>
  outcome !== undefined || talk.some(({ tool }) => tool !== undefined);

/** What is known of the call once it is over, or as soon as nothing is missing. */
async function afterwards(place: Place, granted: Granted, judge: (detail: CallDetail) => Miss[][]) {
  const deadline = performance.now() + TOLD_MS;
  for (;;) {
    const detail = await place.detail(granted);
    const misses = detail ? judge(detail) : [];
    const settled = detail?.call.endedAt !== undefined && misses.flat().length === 0;
    if (settled || performance.now() > deadline) return { detail, misses };
    await pause(LOOK_MS);
  }
}

/** Holds a rehearsal; resolves with what came of it, also where nobody could be called. */
export async function hold(part: Part, holding: Holding): Promise<RehearsalRun> {
  const { rehearsal, agent, deployment, number } = part;
  const { place, speech, signal, onChange } = holding;
  const { name, title, talk, outcome } = rehearsal;
  let run: RehearsalRun = {
    id: randomUUID(),
    ...{ rehearsal: name, title, agent, deployment, number },
    ...{ state: 'running', startedAt: Date.now(), lines: [], misses: [] },
  };
  const change = (next: Partial<RehearsalRun>) => {
    run = { ...run, ...next };
    onChange(run);
  };
  change({});
  let caller: Caller | undefined;
  let granted: Granted | undefined;
  try {
    const sounds: (Float32Array | undefined)[] = [];
    for (const line of talk) sounds.push(await soundOf(line, rehearsal, speech));
    granted = await place.grant({ agent, deployment, name: `Rehearsal: ${title}` }, signal);
    const askedAt = granted.askedAt;
    change({ call: granted.call });
    caller = await Caller.join(granted, rehearsal.caller);
    const begun: number[] = [];
    for (const [at, line] of talk.entries()) {
      begun.push(Date.now() - askedAt);
      const cutShort = talk[at + 1]?.over === true;
      const { atOnce } = rehearsal.caller;
      const playing = { caller, speech, line, sound: sounds[at], signal };
      const result = await playLine({ ...playing, first: at === 0, cutShort, atOnce });
      change({ lines: [...run.lines, result] });
    }
    await caller.hangUp();
    if (place.tells && looksAfterwards(rehearsal)) {
      const { detail, misses } = await afterwards(place, granted, (known) => [
        ...talk.map((line, at) => judgeTools(line, known, begun[at] ?? 0)),
        judgeOutcome(outcome, known),
      ]);
      if (detail) await place.tidy(detail);
      const lines = run.lines.map((line, at) => ({
        ...line,
        misses: [...line.misses, ...(misses[at] ?? [])],
      }));
      change({ lines, misses: misses.at(-1) ?? [] });
    }
  } catch (error) {
    if (!signal.aborted) {
      const why = error instanceof Error ? error.message : String(error);
      change({ misses: [...run.misses, { kind: 'failed', why: why.slice(0, 2_000) }] });
    }
  } finally {
    await leave(caller, place, granted, signal.aborted || !place.tells);
  }
  const state = signal.aborted ? 'stopped' : missesOf(run).length > 0 ? 'failed' : 'passed';
  change({ state, endedAt: Date.now() });
  return run;
}

/** Leaves nothing behind: a call that was stopped, or that nobody else ends, ends for its agent too. */
async function leave(
  caller: Caller | undefined,
  place: Place,
  granted: Granted | undefined,
  ends: boolean,
): Promise<void> {
  await caller?.hangUp().catch(() => undefined);
  if (!ends || !granted) return;
  const rooms = new Set([granted.room, ...(caller?.rooms ?? [])]);
  // A room that is gone already is as it should be.
  for (const room of rooms) await place.end(room).catch(() => undefined);
}
