// Runs one simulation: calls, plays its lines, hangs up, and checks the call's events.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Miss, type SimulationRun, TEXT_MAX } from '@/lib/calls/test-calls/result';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { missesOf } from '@/lib/simulations/missed';
import type { ScenarioFile } from '@/lib/simulations/scenarios';
import { Caller } from '@/scripts/test-caller/caller';
import type { CallPermission, Target } from '@/scripts/test-caller/target';
import { prepareTalk } from '@/simulations/runner/conversation';
import { judgeOutcome, judgeTools } from '@/simulations/runner/judge';
import { judgeCriteria, type Model } from '@/simulations/runner/language-model';
import type { Speech } from '@/simulations/runner/speech';

/** Milliseconds after the call until all events have arrived, and between two requests for them. */
const EVENTS_MS = 20_000;
const CHECK_MS = 300;

const UNKNOWN = 'Callboard has no data of this call, so its tools and outcome cannot be checked.';

interface RunContext {
  readonly target: Target;
  readonly speech: Speech;
  /** Plays callers with a goal and judges criteria; undefined if no model is configured. */
  readonly model: Model | undefined;
  readonly signal: AbortSignal;
  readonly onChange: (run: SimulationRun) => void;
}

/** A run to make: the scenario and its options. */
export interface PlannedRun {
  readonly scenario: ScenarioFile;
  readonly agent: string;
  readonly deployment: string;
  readonly number: number;
}

/** Whether the scenario expects something that is not audible. */
export const checksAfterwards = ({ talk, goal, outcome }: ScenarioFile) =>
  outcome !== undefined || goal?.tool !== undefined || talk.some(({ tool }) => tool !== undefined);

/**
 * The faults in the call's events once it has ended and all have arrived.
 * @throws Error with a readable message if nothing is known about the call
 */
async function checkAfterwards(
  { target, signal }: RunContext,
  granted: CallPermission,
  judge: (detail: CallDetail) => Miss[][],
): Promise<Miss[][]> {
  const deadline = performance.now() + EVENTS_MS;
  for (;;) {
    const detail = await target.detail(granted);
    const misses = detail ? judge(detail) : [];
    const settled = detail?.call.endedAt !== undefined && misses.flat().length === 0;
    if (settled || (detail && performance.now() > deadline)) return misses;
    if (performance.now() > deadline) throw new Error(UNKNOWN);
    await pause(CHECK_MS, undefined, { signal });
  }
}

/** Runs a simulation. Resolves with the result, even if the call failed. */
export async function runScenario(
  planned: PlannedRun,
  context: RunContext,
): Promise<SimulationRun> {
  const { scenario, agent, deployment, number } = planned;
  const { target, speech, model, signal, onChange } = context;
  const { name, title, talk, goal, criteria, outcome } = scenario;
  let run: SimulationRun = {
    id: randomUUID(),
    ...{ scenario: name, title, agent, deployment, number },
    ...{ state: 'running', startedAt: Date.now(), lines: [], misses: [] },
  };
  const change = (next: Partial<SimulationRun>) => {
    run = { ...run, ...next };
    onChange(run);
  };
  change({});
  let caller: Caller | undefined;
  let granted: CallPermission | undefined;
  try {
    const begun: number[] = [];
    const ready = await prepareTalk({
      ...{ scenario, speech, model, signal },
      onBegin: () => begun.push(Date.now() - (granted?.askedAt ?? Number.NaN)),
      onLine: (result) => change({ lines: [...run.lines, result], version: caller?.version }),
    });
    granted = await target.grant({ agent, deployment, name: `Simulation: ${title}` }, signal);
    change({ call: granted.call, deployment: granted.deployment ?? deployment });
    caller = await Caller.join(granted, scenario.caller);
    await ready(caller);
    await caller.hangUp();
    if (target.storesCalls && checksAfterwards(scenario)) {
      const misses = await checkAfterwards(context, granted, (known) => [
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
    const why = (error instanceof Error ? error.message : String(error)).slice(0, TEXT_MAX);
    if (!signal.aborted) change({ misses: [...run.misses, { kind: 'failed', why }] });
  }
  await leave(caller, target, granted, signal.aborted || !target.storesCalls);
  const state = signal.aborted ? 'stopped' : missesOf(run).length > 0 ? 'failed' : 'passed';
  change({ state, endedAt: Date.now() });
  return run;
}

/** Hangs up. A call that was stopped, or that nobody else ends, is ended for everyone. */
async function leave(
  caller: Caller | undefined,
  target: Target,
  granted: CallPermission | undefined,
  ends: boolean,
): Promise<void> {
  const left = await caller?.hangUp().then(
    () => true,
    () => false,
  );
  if (!granted) return;
  const rooms = new Set([granted.room, ...(caller?.rooms ?? [])]);
  // A caller that failed to join may join a moment later. The room may already be gone.
  if (ends || !left) {
    for (const room of rooms) await target.end(room).catch(() => undefined);
  }
}
