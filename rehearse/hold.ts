// Holds one rehearsal: calls, plays its talk, hangs up, and looks at what is known of the call.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Miss, missesOf, type RehearsalRun, TEXT_MAX } from '../lib/calls/test-calls/result';
import type { CallDetail } from '../lib/calls/view/one-call';
import { judgeOutcome, judgeTools } from '../lib/simulations/judge';
import type { FiledRehearsal } from '../lib/simulations/rehearsal';
import { Caller } from './caller';
import { judgeCriteria } from './model/judge-criteria';
import type { Model } from './model/model';
import type { Granted, Place } from './place';
import type { Speech } from './speech';
import { readyTalk } from './talk';

/** Milliseconds after the call in which all of it is told, and between two looks. */
const TOLD_MS = 20_000;
const LOOK_MS = 300;

const UNKNOWN = 'Callboard knows nothing of this call: its tools and outcome cannot be looked at.';

/** What rehearsals are held with. */
export interface Holding {
  readonly place: Place;
  readonly speech: Speech;
  /** Plays callers with a goal, and judges criteria; undefined where the settings name none. */
  readonly model: Model | undefined;
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

/** Whether something is wanted that cannot be heard. */
export const looksAfterwards = ({ talk, goal, outcome }: FiledRehearsal) =>
  outcome !== undefined || goal?.tool !== undefined || talk.some(({ tool }) => tool !== undefined);

/**
 * What is wrong with what is known of the call once it is over and all of it is told.
 * @throws Error in words, where nothing is known of it
 */
async function afterwards(
  { place, signal }: Holding,
  granted: Granted,
  judge: (detail: CallDetail) => Miss[][],
): Promise<Miss[][]> {
  const deadline = performance.now() + TOLD_MS;
  for (;;) {
    const detail = await place.detail(granted);
    const misses = detail ? judge(detail) : [];
    const settled = detail?.call.endedAt !== undefined && misses.flat().length === 0;
    if (settled || (detail && performance.now() > deadline)) return misses;
    if (performance.now() > deadline) throw new Error(UNKNOWN);
    await pause(LOOK_MS, undefined, { signal });
  }
}

/** Holds a rehearsal; resolves with what came of it, also where nobody could be called. */
export async function hold(part: Part, holding: Holding): Promise<RehearsalRun> {
  const { rehearsal, agent, deployment, number } = part;
  const { place, speech, model, signal, onChange } = holding;
  const { name, title, talk, goal, criteria, outcome } = rehearsal;
  let run: RehearsalRun = {
    id: randomUUID(),
    ...{ rehearsal: name, title, agent, deployment, number },
    ...{ state: 'running', startedAt: Date.now(), lines: [], misses: [] },
  };
  const change = (next: Partial<RehearsalRun>) => {
    run = { ...run, ...next };
    onChange(run);
  };
  const failed = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    change({ misses: [...run.misses, { kind: 'failed', why: why.slice(0, TEXT_MAX) }] });
  };
  change({});
  let caller: Caller | undefined;
  let granted: Granted | undefined;
  try {
    const begun: number[] = [];
    const ready = await readyTalk({
      ...{ rehearsal, speech, model, signal },
      onBegin: () => begun.push(Date.now() - (granted?.askedAt ?? Number.NaN)),
      onLine: (result) => change({ lines: [...run.lines, result], version: caller?.version }),
    });
    granted = await place.grant({ agent, deployment, name: `Simulation: ${title}` }, signal);
    change({ call: granted.call, deployment: granted.deployment ?? deployment });
    caller = await Caller.join(granted, rehearsal.caller);
    await ready(caller);
    await caller.hangUp();
    if (place.tells && looksAfterwards(rehearsal)) {
      const misses = await afterwards(holding, granted, (known) => [
        ...talk.map((line, at) => judgeTools(line, known, begun[at] ?? 0)),
        [...judgeTools(goal ?? {}, known, 0), ...judgeOutcome(outcome, known)],
      ]);
      const lines = run.lines.map((line, at) => ({
        ...line,
        misses: [...line.misses, ...(talk[at] ? (misses[at] ?? []) : [])],
      }));
      change({ lines, misses: misses.at(-1) ?? [] });
    }
    if (criteria && model) {
      const misses = await judgeCriteria(criteria, run.lines, model, signal);
      change({ misses: [...run.misses, ...misses] });
    }
  } catch (error) {
    if (!signal.aborted) failed(error);
  }
  await leave(caller, place, granted, signal.aborted || !place.tells);
  const state = signal.aborted ? 'stopped' : missesOf(run).length > 0 ? 'failed' : 'passed';
  change({ state, endedAt: Date.now() });
  return run;
}

/**
 * Hangs up. A call that was stopped, or that nobody else ends, ends for everyone in it.
 */
async function leave(
  caller: Caller | undefined,
  place: Place,
  granted: Granted | undefined,
  ends: boolean,
): Promise<void> {
  const left = await caller?.hangUp().then(
    () => true,
    () => false,
  );
  if (!granted) return;
  const rooms = new Set([granted.room, ...(caller?.rooms ?? [])]);
  // Who could not join may be there a moment later. A room that is gone already is as it should be.
  if (ends || !left) {
    for (const room of rooms) await place.end(room).catch(() => undefined);
  }
}
